/** What people read of a page beside the words of the studies: in English where it is used, here in Chinese. */
import { unitIn, wordIn, type Language } from '../index.js';

const CHINESE = {
  'How much of this does anyone know?': '其中有多少是已知的？',
  'Headline numbers': '主要数字',
  'Demand by year and component': '按年度与部件划分的采购额',
  'From buyers through components to suppliers': '从买方经部件到供应商',
  'What drives an output': '单项结果的敏感性',
  'Probability distribution of an output': '单项结果的概率分布',
  output: '结果',
  'change from the base, {unit}': '相对基准的变化，{unit}',
  'as a table': '表格',
  'simulate {draws} draws': '模拟 {draws} 次',
  'simulating {draws} draws': '正在模拟 {draws} 次',
  mean: '均值',
  median: '中位数',
  '{from} to {to}': '{from} 至 {to}',
  'Exchange rates under each closure': '三种汇率口径下的汇率影响',
  'From this scenario to the next': '从本情景到下一情景',
  'How this number is computed': '这个数字的计算过程',
  'This number is a part of the difference of these two.': '该数字是以下两者之差的一部分。',
  'This share is the first of these two, divided by the second.': '该占比等于以下前者除以后者。',
  'This growth is the first of these two, divided by the second, less 1.':
    '该增速等于以下前者除以后者再减 1。',
  'with {change}, closure {closure}': '{change}，汇率口径 {closure}',
  'at the rates of the scenario': '按情景汇率',
  'Choose a number to see how it is computed; arrow keys lead from number to number.':
    '点按数字可查看其计算过程；方向键可在数字间移动。',
  close: '关闭',
  'From above and from below': '自上而下与自下而上',
  Suppliers: '供应商',
  'Evidence and conflicts': '依据与分歧',
  Inputs: '输入',
  'Changed inputs': '已改动的输入',
  'growth of demand': '采购额同比',
  'share of demand': '采购额占比',
  '{measure}, {unit}': '{measure}，{unit}',
  grade: '依据等级',
  supplier: '供应商',
  total: '合计',
  scenario: '情景',
  'FX closure': '汇率口径',
  'as the scenario says': '按情景设定',
  'unit of money': '金额单位',
  'group of time': '时间口径',
  'all groups of time': '全部期间',
  'search suppliers': '查找供应商',
  fiscal_year: '财年',
  fiscal_half: '半财年',
  fiscal_quarter: '财季',
  calendar_year: '自然年',
  calendar_half: '半年',
  calendar_quarter: '自然季',
  supplier_year: '供应商财年',
  period: '期间',
  reset: '重置',
  'reset all': '全部重置',
  'copy as CSV': '复制为 CSV',
  'copy YAML': '复制 YAML',
  'copy link': '复制链接',
  copied: '已复制',
  'cannot copy: select the text and copy it': '无法复制：请选中文本后复制',
  'The numbers of this command:': '与此命令的数字一致：',
  'inputs with a range': '有区间的输入',
  'other inputs': '其他输入',
  'No input has changed.': '没有改动的输入。',
  'as a layer over the scenario': '作为情景之上的一层',
  'No bridge leads from this scenario to the next:': '无法从本情景过渡到下一情景：',
  'The numbers below are of the last valid inputs.': '下面的数字仍是上一次有效输入的结果。',
  'from {low} to {high}': '{low} 至 {high}',
  'value of {path}': '{path} 的数值',
  'slider of {path}': '{path} 的滑块',
  'dark or light': '深色 / 浅色',
  'to Chinese': '中文',
  'to English': 'English',
  'rates are {home} per unit of foreign currency; a higher rate is a weaker {home}':
    '汇率为一单位外币折合多少 {home}；数值越高，{home} 越弱',
  'made by {engine}; the page holds the scenarios, the engine and nothing else, and asks no network':
    '由 {engine} 生成；页面只含情景文件与计算引擎，不访问网络',
  'growth over the year before': '比上一年',
} as const;

/** A phrase in English; names in braces stand for values. */
export type PagePhrase = keyof typeof CHINESE;

/** Says a phrase of the page in one language. */
export type SayOnPage = (
  phrase: PagePhrase,
  values?: Readonly<Record<string, string | number>>,
) => string;

export function sayOnPage(language: Language): SayOnPage {
  return (phrase, values = {}) => {
    const text: string = language === 'zh' ? CHINESE[phrase] : phrase.replaceAll('_', ' ');
    return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
  };
}

/** A word that a table has, such as a measure or a dimension of time, in the language of the page. */
export function wordOnPage(word: string, language: Language): string {
  return word in CHINESE ? sayOnPage(language)(word as PagePhrase) : wordIn(language, word);
}

/** A unit as a table has it, `CNY bn`, in the language of the page: `十亿元`. */
export function unitOnPage(unit: string, lang: Language): string {
  const [, code, suffix = ''] = /^([A-Z]{3})(?: (\S+))?$/u.exec(unit) ?? [];
  return code === undefined ? unit : unitIn({ suffix, lang }, code);
}

/** What a row of a table measures, and its unit: `demand, CNY bn`. */
export function measureOnPage(
  { measure = '', unit = '' }: Readonly<Record<string, string>>,
  lang: Language,
): string {
  const words = { measure: wordIn(lang, measure), unit: unitOnPage(unit, lang) };
  return sayOnPage(lang)('{measure}, {unit}', words);
}

/** Some grades as a table has them, `guided, assumption`, in the language of the page. */
export function gradesOnPage(grades: string, lang: Language): string {
  const words = grades.split(', ').map((grade) => wordIn(lang, grade));
  return words.join(lang === 'zh' ? '、' : ', ');
}
