/** Tables where no file can be read: none is ever described or read. */
export const layoutOf = () => ({});
export const declaredTable = () => undefined;
export const mapOfTable = () => undefined;
export const columnOf = () => undefined;
