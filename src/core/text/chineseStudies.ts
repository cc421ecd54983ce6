/** What people read of studies that compare and vary forecasts, in Chinese. */
export const CHINESE_STUDIES = {
  // Variations of inputs, and outputs.
  '{output} ({part})': '{output}（{part}）',
  '{others} absorbs changes of {input}': '{input} 变动时由 {others} 相应调整',
  '{others} absorb changes of {input}': '{input} 变动时由 {others} 相应调整',
  '{periods} lies partly in {group} and is split over its months in equal parts':
    '{periods} 只有一部分在 {group} 内，按月平均拆分',
  '{periods} lie partly in {group} and are split over their months in equal parts':
    '{periods} 只有一部分在 {group} 内，按月平均拆分',
  'no result': '无结果',
  '{number} at {value}': '{value} 时 {number}',

  // Sensitivity.
  '{title}: what drives {output}': '{title}：{output} 的敏感性',
  'at low': '取下限时',
  'at high': '取上限时',
  'base: {value}': '基准：{value}',
  '{base}; inputs with less effect than one printed digit: {count}':
    '{base}；影响小于末位数字的输入：{count} 项',
  '{input} at {value}: {reason}': '{input} 取 {value} 时：{reason}',
  '{count} more lows and highs have no result': '另有 {count} 个下限或上限无结果',
  '{input} is left out: it changes no number of the forecast': '未列出 {input}：它不影响任何预测值',
  'no input has a range: give inputs a `low` and a `high`':
    '没有输入给出区间：请为输入填写 `low` 和 `high`',
  '{title}: {caption}': '{title}：{caption}',
  'columns: {input}': '列：{input}',
  '{title}: effect of {currencies}, by closure': '{title}：{currencies} 汇率的影响，按汇率口径',
  translation: '折算影响',
  transaction: '交易影响',
  cross: '交叉影响',

  // Derivations.
  'all cells': '全部单元格',
  'round({formula} to {step})': '舍入({formula}，至 {step})',
  'down({formula} to {step})': '向下舍入({formula}，至 {step})',
  '1 month': '1 个月',
  '{count} months': '{count} 个月',
  '{label}, {months} reported before the window': '{label}（预测期之前已披露的 {months}）',
  '{name}, with {months} reported before the window': '{name}（含预测期之前已披露的 {months}）',
  '{number}, about {rounded}': '{number}，约 {rounded}',
  '{equation}, see [{number}]': '{equation}，见 [{number}]',
  '{text} at {place}': '{text}，见 {place}',
  'low {value}': '下限 {value}',
  'high {value}': '上限 {value}',
  '{name} of {date}': '{name}（{date}）',
  'assumption: {reason}': '假设：{reason}',
  'note: {note}': '备注：{note}',
  'no evidence or assumption given': '未给出依据或假设',
  'claim {id}': '出处 {id}',
  '{whose} ({basis}): {place}; claim {id}': '{whose}（{basis}）：{place}；出处 {id}',
  'left over {left}': '余下 {left}',
  weight: '权重',
  'rounded down': '向下舍入',
  '{output} has no value': '{output} 无数值',
  '{title}: what {input} changes': '{title}：{input} 的影响',
  'at {value}': '取 {value} 时',
  '{input} changes no output': '{input} 不影响任何输出',
  'changes by': '变动',
  'all components': '全部部件',

  // Goal seek.
  '{input} is {value} in the scenario, which gives {result}':
    '情景中 {input} 为 {value}，结果为 {result}',
  'no result {range}: {reason}': '{range} 无结果：{reason}',
  'computed at {looked} of {count} values: between some of them only rounding can move the output to or from the target, and such solutions may be missed':
    '在 {count} 个取值中计算了 {looked} 个：其中一些取值之间，只有舍入会使结果达到或偏离目标，这样的解可能被遗漏',
  '{input} is `rest` and absorbs the change': '{input} 为 `rest`，承担变动',
  '{input} absorbs the change pro rata': '{input} 按比例承担变动',
  'all: every value of {input} {range} gives {target}':
    '全部满足：{input} 取 {range} 的任何值都得到 {target}',
  'none: no value of {input} {range} gives {target}':
    '无解：{input} 取 {range} 的任何值都不能得到 {target}',
  'found: {input} {range} gives {target}': '找到解：{input} 取 {range} 时得到 {target}',
  'found to within a step: {target} lies between values of {input}: {sides}':
    '解在一个步长之内：{target} 介于 {input} 的两个取值之间：{sides}',
  'from {low} to {high}': '{low} 至 {high}',
  '{value} gives {result}': '取 {value} 时为 {result}',
  '{value} gives {result}, {gap} too little': '取 {value} 时为 {result}，差 {gap}',
  '{value} gives {result}, {gap} too much': '取 {value} 时为 {result}，多 {gap}',

  // Simulation.
  '{title}: {draws} draws, seed {seed}': '{title}：蒙特卡洛模拟 {draws} 次，随机种子 {seed}',
  mean: '均值',
  draws: '次数',
  below: '以下',
  above: '以上',
  '{output} is above {target} in {share} of the draws': '{share} 的模拟中 {output} 超过 {target}',
  'no input was drawn: no input with a range affects these outputs':
    '没有抽样的输入：有区间的输入都不影响这些输出',
  'inputs drawn: {inputs}': '抽样的输入：{inputs}',
  'inputs with a range that does not affect these outputs: {count}':
    '有区间但不影响这些输出的输入：{count} 项',

  // Backtest.
  '{period} held flat': '{period} 不变',
  'plan ÷ {count}': '计划 ÷ {count}',
  'an error is forecast − reported; percentages are of the reported amount, rounded half-even to 2 decimals':
    '误差 = 预测值 − 披露值；百分比以披露值为分母，四舍六入五成双保留两位小数',
  'the scenario has no `as_of`: it may use information from later than the forecast':
    '情景没有 `as_of`：可能用到预测日之后的信息',
  '{method}: bias {bias} per period, mean absolute error {absolute}':
    '{method}：每期平均偏差 {bias}，平均绝对误差 {absolute}',

  'the last reported period of each held flat': '各自最近披露期不变',
  'each plan in equal parts': '各计划平均分配',
  'no sum over buyers: their envelopes are in different currencies':
    '没有各买方的合计：计划总额的货币不同',
  'no sum over buyers: no reported period has the same months for all of them':
    '没有各买方的合计：没有月份相同的披露期',

  // Materiality.
  '{title}: materiality for suppliers': '{title}：对供应商的重要性',
  'forecast and last reported revenue': '预测值与最近披露的收入',
  forecast: '预测值',
  '{amount} in {year}': '{amount}（{year}）',
  '{year}, content': '{year}，内含采购额',
  'share is forecast ÷ reported revenue in percent, rounded half-even to 2 decimals':
    '占比为预测值 ÷ 已披露收入，按百分数四舍六入五成双保留两位小数',
  'revenue after the window is not included': '不含预测期之后的收入',
  'no reported revenue under `suppliers`: {suppliers}': '`suppliers` 下没有已披露收入：{suppliers}',

  // Exposure.
  '{title}: exposure of suppliers to buyers': '{title}：供应商对买方的依赖',
  '{name}: {measure}, {unit}': '{name}：{measure}，{unit}',
  'largest buyer': '最大买方',
  'Herfindahl index': '赫芬达尔指数',
  '% of {amount} in {year}': '占 {amount}（{year}）的 %',
  'share is the part of a buyer in what a supplier sells to all buyers of the table':
    '占比为某一买方在供应商对表中全部买方销售额中的比例',
  'Herfindahl index is the sum of the squared shares: 1 for one buyer, 1/n for n equal ones':
    '赫芬达尔指数为各买方占比的平方和：只有一个买方时为 1，多个相等的买方时为其个数的倒数',

  // Comparisons.
  'no input of {scenario} differs from {base}': '{scenario} 的输入与 {base} 无差异',
  'the totals are in different currencies: {names}; choose one with `--currency`':
    '合计的货币不同：{names}；请用 `--currency` 选定一种',
  'relative is difference ÷ base in percent, rounded half-even to 2 decimals; empty where base is 0':
    '% 为差异 ÷ 基准，按百分数四舍六入五成双保留两位小数；基准为 0 时为空',
  'groups of inputs that differ: {groups}': '不同的输入组：{groups}',
  'no effect on these rows: {groups}': '对所列各行没有影响：{groups}',
  'a bridge needs two scenarios with the same currency': '只有货币相同的两个情景才能逐步过渡',
  'a bridge needs two scenarios with the same window': '只有预测期相同的两个情景才能逐步过渡',
  'a bridge needs two scenarios with the same component tree':
    '只有部件结构相同的两个情景才能逐步过渡',
  'a bridge needs totals in one currency': '合计货币相同才能逐步过渡',
  'a bridge needs two portfolios with the same buyers': '只有买方相同的两个组合才能逐步过渡',
  '{one} and {other} are one step: {reason}': '{one}与{other}合为一步：{reason}',
  'gap is what is below less what is above, and its percentage is of what is above':
    '差额＝自下而上减去自上而下，百分比以自上而下为基数',
  '{title}: from above and from below': '{title}：自上而下与自下而上',
  'demand, {unit}': '需求，{unit}',
  'from above': '自上而下',
  'from below': '自下而上',
  gap: '差额',
  'units above': '自上而下数量',
  'units below': '自下而上数量',
  '{title}: what would close each gap alone': '{title}：单独消除各差额的输入',
  'an input, and the value of it at which both sides meet': '输入，以及使两边相等的取值',
  range: '区间',
  'no range': '无区间',
  inside: '在区间内',
  '{size} above': '高出 {size}',
  '{size} below': '低于 {size}',
  'the plan of one scenario follows from units, that of the other does not':
    '一个情景的计划由数量推出，另一个不是',
  'one scenario counts {component}, the other has no price of it':
    '一个情景按数量计算 {component}，另一个没有它的价格',
  'the actuals of one scenario exceed the envelope of the other':
    '一个情景的实际值超过另一个情景的计划总额',
  'one scenario has prices in {code}, the other has no base rate of {code}':
    '一个情景有以 {code} 计的价格，另一个没有 {code} 的基准汇率',
  'suppliers of one scenario report in a currency for which the other has no rate':
    '一个情景的供应商以某种货币披露，另一个情景没有该货币的汇率',
  'no group': '未分组',
  place: '位置',
  from: '起点',
  to: '终点',
  envelope: '计划总额',
  phasing: '期间分布',
  actuals: '实际值',
  mix: '支出结构',
  shares: '供应商份额',
  prices: '价格',
  lag: '收入滞后',
  life: '折旧年限',
  fx: '汇率',
} as const;
