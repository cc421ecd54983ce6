/** The version of the engine; a test holds it to the package's. */
export const VERSION = '0.1.0';

/** The engine and its version, as documents and manifests name them. */
export const ENGINE = `capex-engine ${VERSION}`;
