/** The component tree: what the money is spent on, down to the leaves that have suppliers. */
import * as z from 'zod';
import { billField, billOf, type BillText } from './bill.js';
import { byPeriod, constant, type ByPeriod } from './calendar.js';
import type { ModelContext } from './context.js';
import { mapField, nameKey, recordField, type Located } from './field.js';
import {
  attributeFields,
  eachWithAttributes,
  inputField,
  misplacedAttribute,
  restField,
  shareField,
  type Attributes,
  type Share,
} from './input.js';
import { SHARE } from './inputKind.js';
import { isInCalendar, lifeFields, type LifeText } from './life.js';
import { leafFields, leafOf, type ComponentPlace, type Leaf, type LeafText } from './leaf.js';
import { groupShares } from './shares.js';
import { tableField } from './tableReference.js';

/** A component as it is written: a leaf, or a sub-tree in `components`. */
export interface ComponentText extends LeafText, LifeText {
  readonly bill?: BillText | undefined;
  readonly components?: ReadonlyMap<string, PartText> | undefined;
}

/** A sub-component as it is written: a component with its part of the parent. */
export interface PartText extends ComponentText {
  readonly part: ByPeriod<Share>;
  readonly misplaced?: Located<unknown> | undefined;
}

const componentFields = {
  ...leafFields,
  ...lifeFields,
  bill: billField.optional(),
  components: z
    .lazy(() => subComponentsField)
    .optional()
    .register(z.globalRegistry, { id: 'sub-components' }),
};

const partField: z.ZodType<PartText> = z
  .union([
    restField.transform((rest): PartText => ({ part: constant(rest) })),
    recordField({
      part: byPeriod(
        shareField(SHARE, 'The part of the parent.'),
        'The part, or parts by period.',
        tableField('shares by period'),
      ),
      ...componentFields,
      ...attributeFields(SHARE),
    })
      .transform((text): PartText => {
        const { part, name, pricing, price, lag, suppliers, bill, components, ...others } = text;
        const { life, in_service, ...rest } = others;
        const attributes: Attributes = rest;
        return {
          part: eachWithAttributes(part, attributes),
          misplaced: misplacedAttribute(part, attributes),
          ...{ name, pricing, price, lag, life, in_service, suppliers, bill, components },
        };
      })
      .meta({ description: 'A part with what is known of the sub-component.' }),
    inputField(SHARE, 'The part of the parent.').transform((part): PartText => ({
      part: constant(part),
    })),
  ])
  .meta({ id: 'sub-component', description: 'A sub-component: its part of the parent, or a map.' });

const subComponentsField = mapField(
  nameKey,
  partField,
  'Sub-components with their parts; `rest` is allowed.',
);

/** One entry of `components`. */
export const componentField: z.ZodType<ComponentText> = recordField(componentFields).meta({
  description: 'What is known of a component; a leaf, or a sub-tree in `components`.',
});

/** A component with sub-components. */
export interface Branch {
  readonly key: string;
  /** Of the component in the file: `components.servers`. */
  readonly yamlPath: string;
  /** From the root of the tree with `/`: `servers/accelerators`. */
  readonly path: string;
  readonly name: string;
  readonly children: readonly Component[];
  /** By period: the parts of `children`, in their order. */
  readonly parts: readonly (readonly Share[])[];
}

/** A component of the tree. */
export type Component = Leaf | Branch;

/** Whether a component has sub-components. */
export function isBranch(component: Component): component is Branch {
  return 'children' in component;
}

/** The leaves below a component, in order. */
export function leavesOf(component: Component): readonly Leaf[] {
  return isBranch(component) ? component.children.flatMap(leavesOf) : [component];
}

/** A component of the mix; one that the file does not describe is a leaf without suppliers. */
export function componentOf(
  key: string,
  text: ComponentText | undefined,
  context: ModelContext,
): Component | undefined {
  return readComponent({ key, path: key, yamlPath: `components.${key}` }, text ?? {}, context, {});
}

function readComponent(
  place: ComponentPlace,
  text: ComponentText,
  context: ModelContext,
  above: LifeText,
): Component | undefined {
  const life = lifeBelow(place, text, context, above);
  if (!text.components) return billedLeaf(place, text, context, life);
  const excluded = (['suppliers', 'price', 'pricing', 'lag', 'bill'] as const).filter(
    (key) => text[key],
  );
  for (const key of excluded) {
    context.report.error('keys-conflict', `${place.yamlPath}.${key}`, {
      message: `\`${key}\` beside \`components\`: only a leaf has it`,
      hint: `move \`${key}\` into the sub-components`,
    });
  }
  const branch = branchOf(place, text, text.components, context, life);
  return excluded.length > 0 ? undefined : branch;
}

/** What holds for a component and what is below it: its own keys, else those of the component above. */
function lifeBelow(
  { path }: ComponentPlace,
  text: ComponentText,
  { window, report }: ModelContext,
  above: LifeText,
): LifeText {
  const isKnown = isInCalendar(text, window, report);
  if (text.in_service && !above.life && !hasLife(text)) {
    report.error('key-missing', text.in_service.path, {
      message: `\`in_service\` without \`life\`: ${path} is not depreciated`,
      hint: 'write `life: 5 years` beside it, or delete `in_service`',
    });
  }
  return {
    life: isKnown ? (text.life ?? above.life) : undefined,
    in_service: text.in_service ?? above.in_service,
  };
}

/** Whether a component, or one below it, has a life. */
function hasLife({ life, components }: ComponentText): boolean {
  return life !== undefined || [...(components?.values() ?? [])].some(hasLife);
}

/** A bill lists what is inside the goods of suppliers, so it needs suppliers. */
function billedLeaf(
  place: ComponentPlace,
  { bill, ...text }: ComponentText,
  context: ModelContext,
  life: LifeText,
): Leaf {
  const leaf = leafOf(place, text, context, life);
  if (!bill) return leaf;
  if (!text.suppliers) {
    context.report.error('key-missing', `${place.yamlPath}.bill`, {
      message: '`suppliers` is missing: a bill is about what they sell',
      hint: 'add `suppliers`, or make the parts sub-components under `components`',
    });
  }
  return { ...leaf, bill: billOf(place, bill, context) };
}

function branchOf(
  place: ComponentPlace,
  text: ComponentText,
  parts: ReadonlyMap<string, PartText>,
  context: ModelContext,
  life: LifeText,
): Branch | undefined {
  const { key, path, yamlPath } = place;
  const children = [...parts].map(([child, part]) =>
    readComponent(
      { key: child, path: `${path}/${child}`, yamlPath: `${yamlPath}.components.${child}` },
      part,
      context,
      life,
    ),
  );
  const members = [...parts].map(([child, { part, misplaced }]) => {
    return {
      share: part,
      misplaced,
      path: `${yamlPath}.components.${child}`,
      stepKey: 'part' as const,
    };
  });
  const group = { name: `parts of ${path}`, path: `${yamlPath}.components` };
  const rows = groupShares(members, group, context.window, context.report);
  if (!rows || children.some((child) => child === undefined)) return undefined;
  return {
    key,
    path,
    yamlPath,
    name: text.name?.value ?? key,
    children: children as Component[],
    parts: rows,
  };
}
