import tseslint from 'typescript-eslint';

/** What only the command-line layer may touch: everything else is pure and runs anywhere. */
const OUTSIDE_WORLD = ['console', 'process', 'setTimeout', 'setInterval', 'performance', 'fetch'];
const NOT_EXACT = ['Date', 'Intl', 'parseFloat'];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: [
            '*.config.js',
            'bin/*.js',
            'build/*.{js,cjs}',
            'build/*/*.js',
            'examples/*.mjs',
            'examples/*/*.js',
            'test/*/*.js',
          ],
        },
      },
    },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off', // indices are checked by construction
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allow: ['bigint'] },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/cli/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: ['node:*', 'fs', 'path', 'os'] }],
      'no-restricted-globals': ['error', ...OUTSIDE_WORLD, ...NOT_EXACT],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'one random source, and it is seeded' },
        ...['log', 'exp', 'pow', 'sin', 'cos', 'sqrt'].map((property) => ({
          object: 'Math',
          property,
          message: 'differs between engines',
        })),
        { property: 'localeCompare', message: 'order is by code unit' },
        { property: 'toLocaleString', message: 'output knows no locale' },
      ],
    },
  },
  {
    // The page paints when an input rests. What is true of numbers holds here as well.
    files: ['src/page/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...OUTSIDE_WORLD.filter((name) => name !== 'setTimeout'),
        ...NOT_EXACT,
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "ImportDeclaration[source.value='zod'] > ImportSpecifier",
          message: 'write `import * as z`: a bundle then leaves out what nobody uses',
        },
        {
          selector: ':matches(CallExpression, NewExpression) > SpreadElement',
          message: 'a long list overflows the stack: see core/lists.ts',
        },
      ],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs', 'test/floors/planted/**'],
    ...tseslint.configs.disableTypeChecked,
  },
  {
    files: ['bin/*.js', '**/*.cjs', 'build/light/*.js'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
