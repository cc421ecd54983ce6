import * as z from 'zod';

export const ZOD = z.string();
