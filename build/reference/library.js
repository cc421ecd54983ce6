/** The exports of the library, as Markdown: what each is, from its docstring, its types and, of a study, its options. */
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import * as library from '../../dist/index.js';
import { anchors, code, table } from './markdown.js';

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const INDEX = path('src/index.ts');

const HEAD = `# The library

Everything that \`import { … } from 'capex-engine'\` gives, made from the source by \`npm run docs\`. All functions are pure:
they read no file, no clock and no environment. All properties and lists are read-only.

An exact number is a \`Fraction\` (of two \`bigint\`s), or a \`count\` (\`bigint\`) of quanta of a unit: the number is
\`count\` × 10^-\`places\`, and [\`decimalOf\`](#decimalof) makes a decimal of it to compute on. A mistake in a scenario comes
back as a \`Diagnostic\`; an exception is a bug of the caller or of the engine.
`;

/** @throws Error where an export has no docstring */
export function libraryReference() {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(path('tsconfig.json'), ts.sys.readFile).config,
    ts.sys,
    path(''),
  );
  const program = ts.createProgram([INDEX], { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const sections = sectionsOf(program.getSourceFile(INDEX), checker);
  const anchorOf = anchors(sections.flatMap(({ title, names }) => [title, ...names.keys()]));
  const contents = sections.map(({ title, names }) => {
    const links = [...names.keys()].map((name) => `[\`${name}\`](#${anchorOf.get(name)})`);
    return `- [${title}](#${anchorOf.get(title)}): ${links.join(', ')}`;
  });
  const body = sections.flatMap(({ title, names }) => [
    `## ${title}`,
    ...[...names].map(([name, symbol]) => entryOf(name, symbol, checker)),
  ]);
  return [HEAD, contents.join('\n'), ...body].join('\n\n');
}

/** The exports by name, below the line comments of index.ts, which are their headings. */
function sectionsOf(file, checker) {
  const sections = [];
  for (const statement of file.statements.filter(ts.isExportDeclaration)) {
    const comments = ts.getLeadingCommentRanges(file.text, statement.pos) ?? [];
    const heading = comments.find(({ kind }) => kind === ts.SyntaxKind.SingleLineCommentTrivia);
    if (heading) {
      const title = file.text.slice(heading.pos + 2, heading.end).trim();
      sections.push({ title, names: new Map() });
    }
    for (const { name } of statement.exportClause.elements) {
      const symbol = checker.getAliasedSymbol(checker.getSymbolAtLocation(name));
      sections.at(-1).names.set(name.text, symbol);
    }
  }
  return sections;
}

/** Types that a caller hands from one function to another, without a look inside. */
const OPAQUE = ['Outline', 'Output', 'Plan', 'Sheet', 'Study', 'Workbook'];

/** The longest type that is written out, in characters. */
const LONGEST = 240;

function entryOf(name, symbol, checker) {
  const words = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const [declaration] = symbol.declarations;
  const study = library.STUDIES.find((one) => one === library[name]);
  if (words === '' && !study) throw new Error(`\`${name}\` has no docstring`);
  const parts = study
    ? studyParts(study)
    : name === 'DIAGNOSTIC_CODES'
      ? [table(['code', 'meaning'], Object.entries(library[name]).map(codeRow))]
      : OPAQUE.includes(name)
        ? ['Hand it on whole: its fields are for the engine.']
        : [code(signatureOf(name, symbol, declaration, checker)), ...tagsOf(symbol, checker)];
  return [`### \`${name}\``, words, ...parts].filter((part) => part !== '').join('\n\n');
}

const codeRow = ([code, meaning]) => [`\`${code}\``, meaning];

/** One line of options: their meaning is in the help of the command. */
function studyParts({ name, summary, files, options }) {
  const takes = files === 'one' ? 'one scenario' : 'one or several scenarios';
  const names = Object.keys(options.shape).map((option) => `\`${option}\``);
  return [
    `${summary}. The study of \`capex ${name}\`, for ${takes}. ` +
      `Options, as \`capex ${name} --help\` explains them: ${names.join(', ')}.`,
  ];
}

/** The texts of `@param`, `@returns` and `@throws`. */
function tagsOf(symbol, checker) {
  const lines = symbol.getJsDocTags(checker).map(({ name, text }) => {
    const words = ts.displayPartsToString(text).replace(/\s*\n\s*/g, ' ');
    if (name !== 'param') return `- ${name}: ${words}`;
    const [, parameter, meaning] = /^(\S+)\s+(.*)$/.exec(words);
    return `- \`${parameter}\`: ${meaning}`;
  });
  return [lines.join('\n')];
}

function signatureOf(name, symbol, declaration, checker) {
  if (ts.isFunctionDeclaration(declaration)) return functionText(name, declaration, checker);
  if (ts.isVariableDeclaration(declaration)) {
    const type = checker.getTypeOfSymbolAtLocation(symbol, declaration);
    return `const ${name}: ${plain(declaration.type?.getText() ?? typeText(checker, type))}`;
  }
  // A type that is inferred from a value is shown as its members, unless they are many.
  if (ts.isTypeAliasDeclaration(declaration) && /typeof|z\./.test(declaration.type.getText())) {
    const members = typeText(checker, checker.getDeclaredTypeOfSymbol(symbol));
    if (members.length <= LONGEST) return `type ${name} = ${members}`;
  }
  return plain(declaration.getText());
}

/** Name, parameters and result; a destructured parameter is named after its type. */
function functionText(name, declaration, checker) {
  const parameters = declaration.parameters.map((parameter) => {
    const { name: own, type, initializer, questionToken } = parameter;
    const written = type?.getText() ?? typeText(checker, checker.getTypeAtLocation(parameter));
    const called = ts.isIdentifier(own) ? own.text : calledAfter(written);
    return `${called}${initializer || questionToken ? '?' : ''}: ${written}`;
  });
  const generics = declaration.typeParameters?.map((one) => one.getText()).join(', ');
  const of = generics ? `<${generics}>` : '';
  return plain(`${name}${of}(${parameters.join(', ')}): ${declaration.type.getText()}`);
}

/** `CsvOptions` is called `options`, `Pick<Projection, …>` `projection`. */
function calledAfter(type) {
  const [word] = /[A-Z][a-z]+(?=\W|$)/.exec(type.replace(/^Pick</, ''));
  return word.toLowerCase();
}

function typeText(checker, type) {
  const { NoTruncation, InTypeAlias } = ts.TypeFormatFlags;
  return plain(checker.typeToString(type, undefined, NoTruncation | InTypeAlias));
}

const plain = (text) => text.replace(/\b(export|readonly) /g, '');
