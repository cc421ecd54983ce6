/** The currencies of ISO 4217 with their minor units. A new currency is a line here. */

/** A currency. */
export interface Currency {
  readonly code: string;
  /** Decimal places of the quantum: CNY 2 (fen), JPY 0, KWD 3. */
  readonly places: number;
}

const BY_PLACES: readonly (readonly [places: number, codes: string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [
    2,
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF ' +
      'CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD ' +
      'HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA ' +
      'MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN ' +
      'QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP ' +
      'TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW',
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
];

const CURRENCIES: ReadonlyMap<string, Currency> = new Map(
  BY_PLACES.flatMap(([places, codes]) => codes.split(' ').map((code) => [code, { code, places }])),
);

/** The currency of an ISO 4217 code; `RMB` is read as CNY. */
export function currencyOf(code: string): Currency | undefined {
  return CURRENCIES.get(code === 'RMB' ? 'CNY' : code);
}

const CHINESE_NAMES: ReadonlyMap<string, string> = new Map([
  ...([
    ['CNY', '元'],
    ['USD', '美元'],
    ['EUR', '欧元'],
    ['GBP', '英镑'],
    ['JPY', '日元'],
  ] as const),
  ...([
    ['HKD', '港元'],
    ['TWD', '新台币'],
    ['KRW', '韩元'],
    ['SGD', '新加坡元'],
  ] as const),
]);

/** The Chinese name of a currency, where it is a common one: 元, 美元. */
export function chineseName(code: string): string | undefined {
  return CHINESE_NAMES.get(code);
}
