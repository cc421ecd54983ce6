/** The manifest beside a written file: its contents, the files it was made from, and how to make it again. */
import * as z from 'zod';
import type { Table } from '../../core/table.js';
import type { Scenario } from '../../scenario/scenario.js';
import { fieldOf } from './columns.js';
import { scenarioDocument, type ScenarioField } from './scenarioDocument.js';

/** A file by its path from the folder of the manifest, with its size and digest. */
const fileForm = { path: z.string(), bytes: z.number(), hash: z.string() };

/** A file that was read; with its name, if it was named on the command line and not by another file. */
const inputForm = z.object({ ...fileForm, name: z.string().optional() });

/** What is needed to make the file again: the engine, the arguments as typed, and the files read. */
const rebuildForm = z.object({
  engine: z.string(),
  study: z.string(),
  files: z.array(z.string()),
  set: z.array(z.string()),
  options: z.record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string())])),
  bom: z.boolean(),
  inputs: z.array(inputForm),
});

const resourceForm = z.object({ ...fileForm, rebuild: rebuildForm });
const manifestForm = z.object({ resources: z.array(resourceForm).min(1) });

/** A file by its bytes: `hash` is `sha256:…`. */
export type FileDigest = z.output<z.ZodObject<typeof fileForm>>;
/** A file that was read. */
export type InputDigest = z.output<typeof inputForm>;
export type Rebuild = z.output<typeof rebuildForm>;
/** One written file of a manifest; its other fields are for readers. */
export type Resource = z.output<typeof resourceForm> & Readonly<Record<string, unknown>>;

const PROFILE = 'https://datapackage.org/profiles/2.0/datapackage.json';

/** A Frictionless Data Package of the files of one name. */
export function manifestOf(resources: readonly Resource[]): object {
  return { $schema: PROFILE, resources };
}

/** What a manifest says. */
export interface Manifest {
  readonly resources: readonly Resource[];
  /** Whether it says nothing else, so that `manifestOf` makes all of it again. */
  readonly isOwn: boolean;
}

/** Nothing if the text is not a manifest of this command, or if it describes no file. */
export function readManifest(text: string): Manifest | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!manifestForm.safeParse(document).success) return undefined;
  const { resources, ...others } = document as Pick<Manifest, 'resources'>;
  return { resources, isOwn: Object.keys(others).every((key) => key === '$schema') };
}

/** A written file, and what its manifest says of it. */
export interface Written {
  readonly file: FileDigest;
  /** `csv`, `text/csv` */
  readonly format: string;
  readonly mediatype: string;
  readonly encoding: string | undefined;
  /** The table in the file, if it holds one. */
  readonly table: Table | undefined;
  readonly scenarios: readonly Scenario[];
  readonly rebuild: Rebuild;
}

/** What a reader needs to know of a scenario to read its numbers. */
const FIELDS: readonly ScenarioField[] = [
  ...(['portfolio', 'buyer', 'scenario', 'title', 'as_of', 'currency'] as const),
  ...(['quotation', 'rates', 'units', 'grades'] as const),
];

/** Describes a written file as a resource of a manifest. */
export function resourceOf(written: Written): Resource {
  const { file, format, mediatype, encoding, table, scenarios, rebuild } = written;
  return {
    name: file.path,
    ...file,
    ...{ format, mediatype, ...(encoding !== undefined && { encoding }) },
    ...(table && {
      type: 'table',
      schema: { fields: table.columns.map(fieldOf), missingValues: [''] },
    }),
    scenarios: scenarios.map((scenario) => scenarioDocument(scenario, FIELDS)),
    rebuild,
  };
}
