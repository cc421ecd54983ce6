/** The keys of a scenario file and of a ledger as Markdown, made from the fields that read them. */
import { scenarioSchema } from '../../dist/shell.js';
import { recordField } from '../../dist/model/field.js';
import { ledgerFields } from '../../dist/model/claims.js';
import { schemaOf } from '../../dist/scenario/schema/jsonSchema.js';
import { table } from './markdown.js';

const { definitions } = scenarioSchema();

const HEAD = `# The scenario file

Every key that a scenario may have, made from the fields that read it by \`npm run docs\`. The
[guide](guide.md#the-scenario-file) shows a whole file, and an editor with a YAML language server completes and
explains the same keys.

- \`<name>\`, \`<period>\`, \`<year>\`, \`<currency>\` and \`<path>\` stand for keys that you choose.
- Keys in **bold** are required if the key above them is present.
- A _number_ may also be a map, \`{ value: …, low: …, high: …, assumption: … }\`: [its range and its reasons](#beside-a-number).
- _By period_: one value, or a map of values; each holds from its period until the next one.
- A _table_ is a CSV file in place of the map: [its keys](#a-table).
`;

/** The keys beside any number, described once for all numbers. */
const BESIDE = [
  'low',
  'high',
  'shape',
  'step',
  'evidence',
  'range_evidence',
  'assumption',
  'was',
  'note',
];

export function scenarioReference() {
  const { properties, required } = definitions.scenario;
  const sections = Object.entries(properties).filter(([key]) => key !== 'extends');
  return [
    HEAD,
    table(
      HEADS,
      sections.map(([key, schema]) => rowOf(key, schema, required.includes(key))),
    ),
    ...sections.flatMap(([key, schema]) => sectionOf(key, rowsBelow('', schema))),
    ...sectionOf('Beside a number', besideNumbers(properties.envelope)),
    ...sectionOf('A table', tableKeys(definitions.scenario)),
    ...sectionOf('A layer', rowsBelow('', pick(definitions.layer, ['extends', 'adds']))),
    ...sectionOf(
      'A portfolio',
      rowsBelow('', pick(definitions.portfolio, PORTFOLIO)),
      PORTFOLIO_TEXT,
    ),
    ...sectionOf('An evidence ledger', rowsBelow('', schemaOf(recordField(ledgerFields)))),
  ].join('\n\n');
}

const HEADS = ['key', 'written as', 'meaning'];

/** The keys of a portfolio that a scenario does not have, or has with another meaning. */
const PORTFOLIO = ['portfolio', 'title', 'as_of', 'evidence', 'currency', 'buyers'];
const PORTFOLIO_TEXT = `A file that begins with \`portfolio\` names scenarios of several buyers. Its \`suppliers\`, \`fx\` and \`simulation\` are written
as in a scenario and hold for all of them; its \`checks\` are of sums over buyers, or of one of them:
[the guide](guide.md#several-buyers) shows one.`;

function sectionOf(title, rows, ...words) {
  return rows.length === 0 ? [] : [`## ${title}`, ...words, table(HEADS, eachKeyOnce(rows))];
}

/** One row for a key that several forms of a map have, with every way to write it. */
function eachKeyOnce(rows) {
  const found = new Map();
  for (const [key, written, meaning] of rows) {
    const name = `${key} ${meaning}`;
    const [, known] = found.get(name) ?? [];
    const both = known === undefined || known === written ? written : `${known}, or ${written}`;
    found.set(name, [key, both, meaning]);
  }
  return [...found.values()];
}

/** The branches of a schema, without choices between other branches. */
function formsOf(schema) {
  const { $ref, anyOf } = schema;
  if ($ref) return formsOf(definitions[$ref.replace('#/definitions/', '')]);
  return anyOf ? anyOf.flatMap(formsOf) : [schema];
}

const isTable = ({ properties }) => properties?.encoding !== undefined;
/** Whether a branch is the map form of a number: its value with range and reasons. */
// `columns` names columns for all of these, and a period.
const isValued = ({ properties }) =>
  properties?.assumption !== undefined && properties.period === undefined;
const isByPeriod = ({ description }) => description?.startsWith('A step by period') === true;

function rowOf(path, schema, isRequired) {
  const key = `\`${path}\``;
  return [isRequired ? `**${key}**` : key, writtenAs(schema).join(', '), described(schema)];
}

function described({ description, $ref }) {
  return description ?? definitions[$ref.replace('#/definitions/', '')].description;
}

/** How a value is written: examples, and terms that the head of the page explains. */
function writtenAs(schema) {
  const forms = formsOf(schema);
  const own = forms.filter((form) => !isTable(form) && !isByPeriod(form)).flatMap(spelled);
  return [
    ...new Set(own),
    ...(forms.some(isByPeriod) ? ['_by period_'] : []),
    ...(forms.some(isTable) ? ['_table_'] : []),
  ];
}

function spelled(form) {
  const { type, examples, items } = form;
  if (isValued(form) && form.properties.value) return ['_number_'];
  if (form.const !== undefined) return [`\`${form.const}\``];
  if (form.enum) return form.enum.map((word) => `\`${word}\``);
  if (examples) return [`\`${examples[0]}\``];
  if (type === 'object') return ['map'];
  if (type !== 'array') return ['text'];
  return [[items].flat().map((item) => writtenAs(item).join(' or '))].map(
    (each) => `list of ${each.join(', ')}`,
  );
}

/** The rows of everything below a schema, each key with its path from there. */
function rowsBelow(path, schema) {
  const forms = formsOf(schema).filter((form) => !isTable(form) && !isByPeriod(form));
  const isOnlyMap = forms.filter(({ properties }) => properties).length === 1;
  const isBare = forms.some(({ examples }) => examples);
  return forms.flatMap((form) => {
    const { properties = {}, required = [], propertyNames, additionalProperties, items } = form;
    const hidden = isValued(form) ? [...BESIDE, ...(isBare ? ['value'] : [])] : [];
    const own = Object.keys(properties).filter((key) => !hidden.includes(key));
    return [
      ...own.flatMap((key) =>
        rowsAt(path + key, properties[key], isOnlyMap && required.includes(key)),
      ),
      ...(additionalProperties
        ? rowsAt(`${path}<${classOf(propertyNames)}>`, additionalProperties)
        : []),
      ...(items && !Array.isArray(items) ? rowsBelow(`${path.slice(0, -1)}[].`, items) : []),
    ];
  });
}

/** Keys below a sub-component are those of a component, except `part`. */
function rowsAt(path, schema, isRequired = false) {
  const row = rowOf(path, schema, isRequired);
  if (schema.$ref !== '#/definitions/sub-component') return [row, ...rowsBelow(`${path}.`, schema)];
  const { properties } = formsOf(schema).find(({ properties }) => properties?.part);
  return [row, rowOf(`${path}.part`, properties.part, false)];
}

/** The keys of all kinds of tables, each once. */
function tableKeys(schema) {
  const found = new Map();
  const visit = (one) => {
    if (typeof one !== 'object' || one === null) return;
    const { properties, required } = isTable(one) ? one : {};
    for (const [key, schema] of Object.entries(properties ?? {})) {
      found.set(key, rowOf(key, schema, required.includes(key)));
    }
    Object.values(one).forEach(visit);
  };
  visit(schema);
  return [...found.values()];
}

function besideNumbers(schema) {
  const { properties } = formsOf(schema).find(isValued);
  return BESIDE.map((key) => rowOf(key, properties[key], false));
}

function pick(schema, keys) {
  const properties = Object.fromEntries(keys.map((key) => [key, schema.properties[key]]));
  return { ...schema, properties, required: [] };
}

/** The classes of keys that a scenario chooses itself, each with a key that no class below it has. */
const CLASSES = [
  ['path', 'a.b'],
  ['name', 'é'],
  ['period', 'FY2026Q1'],
  ['year', 'FY2026'],
  ['currency', 'USD'],
];

function classOf({ pattern }) {
  return CLASSES.find(([, key]) => new RegExp(pattern, 'u').test(key))[0];
}
