import { CHINESE_STUDIES } from './chineseStudies.js';
import { CHINESE_WORKBOOK } from './chineseWorkbook.js';

/** What people read, in Chinese: by the English phrase that stands in the code. Both have the same names in braces. */
export const CHINESE = {
  ...CHINESE_STUDIES,
  ...CHINESE_WORKBOOK,

  // Notes of the command.
  'wrote {file}': '已写入 {file}',
  'wrote {file}: `{command}`': '已写入 {file}：`{command}`',
  'wrote {file}: editors complete and check the file by it':
    '已写入 {file}：编辑器据此补全并检查情景文件',
  '1 file': '1 个文件',
  '{count} files': '{count} 个文件',
  '1 error': '1 个错误',
  '{count} errors': '{count} 个错误',
  '1 warning': '1 个警告',
  '{count} warnings': '{count} 个警告',
  '{files}: {errors}, {warnings}': '{files}：{errors}，{warnings}',
  'changed: {files}': '已改动：{files}',
  'watching {files}': '正在监视 {files}',
  'The numbers below are of the last save without errors.':
    '下面的数字是上一次无错误保存时的结果。',
  'There are no numbers yet: the files have errors.': '文件有错误，尚无数字。',
  '`capex watch` has ended: this page does not change any more.':
    '`capex watch` 已结束：本页不再更新。',
  'no input has changed': '没有改动的输入',
  'no file is written yet: add --write to write': '尚未写入：加上 --write 才会写入文件',
  '{file}: made again, byte for byte': '{file}：已重新生成，逐字节一致',

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
  'split without evidence or reason': '拆分未给依据',
  'not split by any source': '未拆分（无来源给出拆分）',
  'to suppliers as reported': '分至供应商：按披露',
  'to suppliers named by the company': '分至供应商：由公司指明',
  'to suppliers by a broker’s estimate': '分至供应商：券商预测',
  'to suppliers, derived from claims': '分至供应商：推算',
  'to suppliers by assumption': '分至供应商：假设',
  'to suppliers without evidence or reason': '分至供应商：无依据',
  'no supplier named': '未指明供应商',
  'not spent': '未支出',
  'spent above the envelope': '超出计划总额支出',

  // Inputs with their evidence, and conflicts.
  'inputs with evidence': '有依据的输入',
  'inputs without evidence': '无依据的输入',
  '{known} of {all} inputs are supported by a claim': '{all} 项输入中有 {known} 项有依据',
  value: '数值',
  grade: '等级',
  claim: '出处',
  'sources disagree: {about}': '来源不一致：{about}',
  '{whose}, used by {inputs}': '{whose}，用于 {inputs}',
  'range of {input}': '{input} 的区间',
  '{code} per {foreign}': '每 {foreign} 折合 {code}',
  reported: '披露',
  guided: '指引',
  broker: '券商',
  derived: '推算',
  assumption: '假设',
  none: '无',

  // What is kept when foreign prices change, and a supplier that is not named.
  budget: '金额不变',
  volume: '数量不变',
  scale: '等比缩放',
  unassigned: '未指明供应商',

  // Tables of the forecast.
  '{measure}, {unit}': '{measure}，{unit}',
  demand: '采购额',
  revenue: '收入',
  units: '数量',
  content: '内含采购额',
  depreciation: '折旧',
  total: '合计',
  all: '全部',
  'after {last}': '{last} 之后',
  '{title}, {conditions}': '{title}，{conditions}',
  '{title}, {conditions}; the total is of all rows': '{title}，{conditions}；合计为全部行',
  '{periods}: split over months, by {group}': '{periods} 跨越多个{group}，按月平均拆分',
  year: '年度',
  half: '半年度',
  quarter: '季度',
  'fiscal {part}': '财务{part}',
  'calendar {part}': '自然{part}',
  'fiscal {part} of {suppliers}': '{suppliers} 的财务{part}',
  'sources: {list}': '资料来源：{list}',

  // Derived columns, and why they are empty.
  yoy: '同比',
  qoq: '环比',
  ttm: '近十二个月',
  ytd: '本年累计',
  cumulative: '预测期累计',
  share: '占比',
  cagr: '年复合增速',
  start: '起始日',
  end: '截止日',
  months: '月数',
  name: '名称',
  '{name} is empty: {reason}': '{name}为空：{reason}',
  '{name} is empty in {labels}: {reason}': '{labels} 的{name}为空：{reason}',
  'the months to compare with are neither in the window nor reported':
    '对比月份不在预测期内，也未披露',
  'the group to compare with does not have the same months': '对比期与本期覆盖的月份不一致',
  'the number to compare with is not above 0': '对比数值不大于 0',
  'the twelve months up to the end of the group are not all known': '截至期末的十二个月不全',
  'the year begins before the window': '年初早于预测期',
  'the window has no two whole years with numbers above 0': '预测期内没有两个数值大于 0 的完整年度',
  'no dimension of time is kept': '未保留时间维度',
  'of the dimensions of time that are kept, none lies inside the others':
    '所保留的时间维度互不包含',
  'what comes after the window is no group of time': '预测期之后的金额不属于任何期间',
  'what was reported before the window is demand in the currency of the envelope':
    '预测期之前只披露了以计划货币计的采购额',
  'the suppliers of the row have different fiscal years': '该行供应商的财年不同',
  'the sum of the rows is 0': '各行合计为 0',

  '{title}, closure {closure}': '{title}，汇率口径 {closure}',
  '{label}, {held} of {all} months': '{label}（{held}/{all}个月）',
  '{label}: {held} of {all} months for {names}': '{label}：{names} 仅 {held}/{all} 个月',
  'adjusted so that the totals add up: {list}': '为使分项之和等于合计而作尾差调整：{list}',
  'after the window: what is not depreciated by its end (net book value)':
    '预测期之后一栏为期末尚未折旧的部分（账面净值）',
  '{id}: depreciation leaves out what was spent before the window':
    '{id}：折旧不含预测期之前的支出',
  'content is part of demand: do not add the two': '内含采购额已包含在采购额中，不可相加',
  '* understated: part of it comes from spending before the window (lag)':
    '* 偏低：来自预测期之前支出的收入未计入（滞后）',
  'rates are {code} per unit of foreign currency: a higher rate is a weaker {code}':
    '汇率为每单位外币折合 {code}：数值越高，{code} 越弱',
  '{rate} from {period}': '{period} 起 {rate}',
  'base {rate}': '基准 {rate}',
  '{id}: demand is {gap} over the envelope of {whole}':
    '{id}：采购额比计划总额多 {gap}（计划总额为 {whole}）',
  '{id}: demand is {gap} under the envelope of {whole}':
    '{id}：采购额比计划总额少 {gap}（计划总额为 {whole}）',
  '{id}: revenue is understated in {periods}: part of it comes from spending before the window (lag)':
    '{id}：{periods} 的收入偏低：来自预测期之前支出的收入未计入（滞后）',
} as const;
