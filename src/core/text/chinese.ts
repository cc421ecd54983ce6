/** What people read, in Chinese: by the English phrase that stands in the code. Both have the same names in braces. */
export const CHINESE = {
  // The evidence ladder.
  'evidence, {unit}': '依据，{unit}',
  amount: '金额',
  'reported by the company': '公司已披露',
  'guided by the company': '公司指引',
  'estimated by a broker': '券商预测',
  'derived from claims': '由已有数据推算',
  assumed: '假设',
  'no evidence or reason given': '无依据、无理由',
  'split as reported': '按披露数据拆分',
  'split by the company': '由公司拆分',
  'split by a broker': '由券商拆分',
  'split derived from claims': '由推算数据拆分',
  'split by assumption': '按假设拆分',
  'split without evidence or reason': '拆分无依据',
  'not split by any source': '无来源拆分',
  'to suppliers as reported': '分至供应商：按披露',
  'to suppliers named by the company': '分至供应商：由公司指明',
  'to suppliers by a broker’s estimate': '分至供应商：券商预测',
  'to suppliers, derived from claims': '分至供应商：推算',
  'to suppliers by assumption': '分至供应商：假设',
  'to suppliers without evidence or reason': '分至供应商：无依据',
  'no supplier named': '未指明供应商',
  'not spent': '未支出',
  'spent above the envelope': '超出预算支出',

  // Inputs with their evidence, and conflicts.
  'inputs with evidence': '有依据的输入',
  'inputs without evidence': '无依据的输入',
  '{known} of {all} inputs are supported by a claim': '{all} 项输入中有 {known} 项有依据',
  value: '数值',
  grade: '等级',
  claim: '数据',
  'sources disagree: {about}': '来源不一致：{about}',
  '{whose}, used by {inputs}': '{whose}，用于 {inputs}',
  reported: '披露',
  guided: '指引',
  broker: '券商',
  derived: '推算',
  assumption: '假设',
  none: '无',

  // Tables of the forecast.
  '{measure}, {unit}': '{measure}，{unit}',
  demand: '采购额',
  revenue: '收入',
  units: '数量',
  content: '内含采购额',
  total: '合计',
  '{title}, closure {closure}': '{title}，汇率口径 {closure}',
  '{label}, {held} of {all} months': '{label}（{held}/{all}个月）',
  '{label}: {held} of {all} months for {names}': '{label}：{names} 仅 {held}/{all} 个月',
  'adjusted so that the totals add up: {list}': '为使合计相等而调整：{list}',
  'content is part of demand: do not add the two': '内含采购额已包含在采购额中，不可相加',
  '* understated: part of it comes from spending before the window (lag)':
    '* 偏低：部分收入来自窗口之前的支出（滞后）',
  'rates are {own} per unit of foreign currency: a higher rate is a weaker {own}':
    '汇率为每单位外币折合 {own}：数值越高，{own} 越弱',
  '{id}: demand is {gap} {unit} over the envelope of {envelope} {unit}':
    '{id}：采购额超出预算 {gap} {unit}（预算 {envelope} {unit}）',
  '{id}: demand is {gap} {unit} under the envelope of {envelope} {unit}':
    '{id}：采购额低于预算 {gap} {unit}（预算 {envelope} {unit}）',
  '{id}: revenue is understated in {periods}: part of it comes from spending before the window (lag)':
    '{id}：{periods} 的收入偏低：部分收入来自窗口之前的支出（滞后）',
} as const;
