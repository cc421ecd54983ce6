/** The exchange rates that a forecast used, as notes for people. */
import { sayIn, type Language } from '../../core/text/language.js';
import { rateAt } from '../../model/fx.js';
import type { Input } from '../../model/input.js';
import type { Projection } from '../../projection/evaluate.js';
import type { Scenario } from '../../scenario/scenario.js';

/** A note for each currency: `USD: base 7.1717 (PBOC fixing); 7.15 from FY2026Q1, 7.05 from FY2027Q1`. */
export function rateNotes(
  { scenario, currencies }: Pick<Projection, 'scenario' | 'currencies'>,
  language?: Language,
): readonly string[] {
  const say = sayIn(language);
  const reported = currencies.map(({ code }) => code);
  const codes = [...new Set([...pricedIn(scenario), ...reported])];
  return codes.flatMap((code) => {
    const steps = stepsOf(scenario, code);
    if (code === scenario.currency.code || steps.length === 0) return [];
    const base = scenario.fx.base.get(code);
    const [first] = steps;
    // Where no path is given, the base rate holds throughout.
    if (steps.length === 1 && first!.rate === base) return [`${code}: ${printRate(base)}`];
    const path = steps.map(({ rate, label }) =>
      say('{rate} from {period}', { rate: printRate(rate), period: label }),
    );
    const before = base ? [say('base {rate}', { rate: printRate(base) })] : [];
    return [`${code}: ${[...before, path.join(', ')].join('; ')}`];
  });
}

/** The foreign currencies in which components or suppliers have costs or prices. */
function pricedIn({ leaves }: Scenario): readonly string[] {
  return leaves.flatMap(({ pricing = [], prices }) => [
    ...pricing.map(({ code }) => code),
    ...prices.flatMap(
      (price) => price?.values.flatMap(({ currency }) => currency?.code ?? []) ?? [],
    ),
  ]);
}

/** The rates of the window, each with the label of its first period. */
function stepsOf(scenario: Scenario, code: string): readonly { rate: Input; label: string }[] {
  const rates = scenario.window.periods.flatMap(({ label }, t) => {
    const rate = rateAt(scenario, code, t);
    return rate ? [{ rate, label }] : [];
  });
  return rates.filter(({ rate }, i) => rate !== rates[i - 1]?.rate);
}

/** `7.1717 (PBOC fixing, 2025-02-24)` */
function printRate({ text, attributes: { name, date } }: Input): string {
  const said = [name?.text, date?.text].filter((word) => word !== undefined);
  return said.length > 0 ? `${text} (${said.join(', ')})` : text;
}
