/** The files that `capex new` writes: they run at once, and their comments show what else may be written. */
import { isScenarioId } from './schema/document.js';

/** The name of the file with the JSON Schema beside a new scenario, by which editors help. */
export const SCHEMA_FILE = 'scenario.schema.json';

/** A new file: its name, and what stands in it. */
export interface StarterFile {
  readonly name: string;
  readonly text: string;
}

/** A new scenario; nothing if the id is not valid. */
export function newScenario(id: string): readonly StarterFile[] | undefined {
  return isScenarioId(id) ? [scenarioFile(id)] : undefined;
}

/** A new portfolio, then the scenarios of its two buyers; nothing if the id is not valid. */
export function newPortfolio(id: string): readonly StarterFile[] | undefined {
  if (!isScenarioId(id)) return undefined;
  const buyers = ['first', 'second'].map((key) => scenarioFile(`${id}-${key}`));
  return [{ name: `${id}.yaml`, text: PORTFOLIO.replaceAll('ID', id) }, ...buyers];
}

function scenarioFile(id: string): StarterFile {
  return { name: `${id}.yaml`, text: TEXT.replace('scenario: ID', `scenario: ${id}`) };
}

/**
 * Each comment that begins with `# key:` is a line that may be written instead of the line with that key
 * above it, or in addition. A test tries every one.
 */
const TEXT = `# yaml-language-server: $schema=./${SCHEMA_FILE}
# A scenario for capex-engine. Every number in it is an example: put yours in its place.
#   capex show FILE      what suppliers will sell
#   capex check FILE     what is wrong with the file
scenario: ID
title: A first view
# as_of: 2025-02-24

# The currency of the plan, and the fiscal calendar of the buyer. A year is named after the calendar
# year in which it ends: here FY2026 is April 2025 to March 2026.
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026Q1, to: FY2028Q4 }

# How much is to be spent, and within which range. Every number is either bare or a map with its
# value, its range and its reason: evidence from a source, or an assumption.
envelope: { value: 100bn CNY, low: 80bn CNY, high: 120bn CNY, assumption: an example }

# When: the same in every quarter, or more each year, or so much of it in each year.
phasing: even
# phasing: { growth: 12%, per: year }
# phasing: { years: { FY2026: 30%, FY2027: 33%, FY2028: rest } }

# On what: someone's split of a stated total. What it leaves open stays in sight as \`rest\`.
estimates:
  broker:
    of: 50bn CNY
    split: { servers: 20bn CNY, optical_modules: 2bn CNY, left_open: rest }
mix: broker

# From whom, when it becomes revenue, what a unit costs, and what part of the cost is foreign.
components:
  servers:
    name: Servers
    price: { value: 1.5m CNY, unit: server, erosion: 5%, assumption: an example }
    pricing: { USD: { content: { value: 40%, low: 20%, high: 60%, assumption: an example } } }
    # lag: { quarters: [60%, 40%], assumption: an example }
    # bill: { accelerators: { part: 55%, assumption: an example } }
    suppliers:
      maker: { share: 35%, low: 25%, high: 45%, assumption: an example }
      others: rest

# Who they are: how they are called, and in which currency and fiscal year they report.
suppliers:
  maker: { name: A server maker, currency: CNY, fiscal_year_ends: 12 }

# Units of the plan's currency for one foreign unit: a higher number is a weaker yuan. The closure
# says what changes when foreign content costs more: units, money, or everything alike.
fx:
  base: { USD: { value: 7.1717, assumption: an example } }
  closure: budget
  # path: { USD: { FY2026: 7.15, FY2027: 7.05 } }
  # closure: volume
  # closure: scale

# What has been reported replaces the plan in its quarter; the others take what is left.
# actuals: { periods: { FY2026Q1: 9bn CNY } }

# What the forecast has to say, also at every low and high: \`capex check\` tells where it does not.
checks:
  maker: { output: servers/maker@FY2026:revenue.USD, between: [0.2bn USD, 1bn USD] }
`;

const PORTFOLIO = `# yaml-language-server: $schema=./${SCHEMA_FILE}
# A portfolio for capex-engine: what several buyers buy from the same suppliers.
#   capex show FILE --by calendar_year,supplier   what suppliers will sell to all of them
#   capex show FILE --by buyer,calendar_year      the part of each buyer
portfolio: ID
title: Two buyers
# as_of: 2025-02-24

# The currency of totals, unless --currency asks for another one.
currency: CNY

# The scenario of each buyer, by a key of your choice: its file, alone or with changes.
buyers:
  first: ID-first.yaml
  second: { file: ID-second.yaml, set: { envelope: 90bn CNY } }

# Suppliers, described once for all buyers. What stands here replaces what their scenarios say.
suppliers:
  maker: { name: A server maker, currency: CNY, fiscal_year_ends: 12 }

# The rates of all buyers: units of the portfolio's currency for one foreign unit.
fx:
  base: { USD: { value: 7.1717, assumption: an example } }
  # path: { USD: { FY2026: 7.15, FY2027: 7.05 } }
`;
