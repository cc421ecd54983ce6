/** The manifest beside a written file: what is in it, what it was made of, and how to make it again. */
import * as z from 'zod';
import { printDate } from '../../core/period.js';
import type { Table } from '../../core/table.js';
import { GRADES } from '../../model/claims.js';
import { isRest } from '../../model/input.js';
import { gradeOf } from '../../scenario/checks/claimChecks.js';
import type { Scenario } from '../../scenario/scenario.js';
import { VERSION } from '../../version.js';
import { fieldOf } from './columns.js';
import { ratesOf } from '../forecast/forecast.js';
import { quotation } from './reports.js';

/** A file from the folder of the manifest, and the digest that a changed byte would change. */
const fileForm = { path: z.string(), bytes: z.number(), hash: z.string() };

/** A file that was read, with its name where that was typed; the others are named by these. */
const inputForm = z.object({ ...fileForm, name: z.string().optional() });

/** Who made it: the engine, the arguments of the command as typed, and what it read. */
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
const manifestForm = z.object({ resources: z.array(resourceForm) });

/** A file by its bytes: `hash` is `sha256:…`. */
export type FileDigest = z.output<z.ZodObject<typeof fileForm>>;
/** The same of a file that was read. */
export type InputDigest = z.output<typeof inputForm>;
/** How a file is made again: the study with its arguments, and the files that it read. */
export type Rebuild = z.output<typeof rebuildForm>;
/** One written file of a manifest; what it says beside this is for readers. */
export type Resource = z.output<typeof resourceForm> & Readonly<Record<string, unknown>>;

/** The engine and its version, as manifests name it. */
export const ENGINE = `capex-engine ${VERSION}`;

const PROFILE = 'https://datapackage.org/profiles/2.0/datapackage.json';

/** A Frictionless Data Package of files of one name, each with its own way to be made again. */
export function manifestOf(resources: readonly Resource[]): object {
  return { $schema: PROFILE, resources };
}

/** The files that a manifest is about as it has them, or nothing where it is no manifest of ours. */
export function readManifest(text: string): readonly Resource[] | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  const isOurs = manifestForm.safeParse(document).success;
  return isOurs ? (document as { readonly resources: readonly Resource[] }).resources : undefined;
}

/** What is told of a written file beside its bytes. */
export interface Written {
  readonly file: FileDigest;
  /** `csv`, `text/csv` */
  readonly format: string;
  readonly mediatype: string;
  readonly encoding: string | undefined;
  /** The table that the file holds, where it is one. */
  readonly table: Table | undefined;
  readonly scenarios: readonly Scenario[];
  readonly rebuild: Rebuild;
}

/** A written file as a resource of a manifest. */
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
    scenarios: scenarios.map(describe),
    rebuild,
  };
}

/** What a reader has to know of a scenario to read its numbers. */
function describe(scenario: Scenario): object {
  const { id, title, asOf, currency, leaves } = scenario;
  const units = leaves.flatMap(({ path, unit }) => (unit ? [[path, unit.name]] : []));
  return {
    scenario: id,
    title,
    as_of: asOf && printDate(asOf),
    currency: currency.code,
    quotation: quotation(scenario),
    rates: ratesOf(scenario),
    units: Object.fromEntries(units) as object,
    grades: gradesOf(scenario),
  };
}

/** How many of the inputs are known how well. */
function gradesOf({ inputs, ledger }: Scenario): object {
  const grades = inputs.flatMap((input) => (isRest(input) ? [] : [gradeOf(input, ledger)]));
  const counts = GRADES.map((grade) => [grade, grades.filter((one) => one === grade).length]);
  return Object.fromEntries(counts) as object;
}
