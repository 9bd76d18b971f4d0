import { isId } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import {
  integerKind,
  type Kind,
  listKind,
  optional,
  pairsKind,
  priceKind,
  textKind,
} from '@kaibo/sheet/kinds'
import { defineSheet } from '@kaibo/sheet/sheet'

/** One row: a variant of the product that `code` names. Null = not said: what is there stays. */
export type Row = {
  code: string
  title: string | null
  subtitle: string | null
  description: string | null
  pictures: string[] | null
  spec: Record<string, string> | null
  priceFen: Fen
  stock: number | null
  weightG: number | null
  barcode: string | null
}

const picturesMax = 9

/** Ids of uploaded files, or their addresses. */
const picturesKind: Kind<string[]> = {
  ...listKind({ items: picturesMax, text: 200 }),
  parse: text => {
    const parsed = listKind({ items: picturesMax, text: 200 }).parse(text)
    if ('problem' in parsed) return parsed
    const ids = parsed.value.map(item => item.split('/').at(-1) ?? '')
    return ids.every(isId) ? { value: ids } : { problem: { code: 'sheet.cell_no_picture' } }
  },
}

const barcodeKind: Kind<string> = {
  ...textKind(32),
  parse: text =>
    /^[0-9A-Za-z-]{4,32}$/.test(text)
      ? { value: text }
      : { problem: { code: 'sheet.cell_no_choice', facts: { choices: 'A-Z 0-9 - (4…32)' } } },
}

export const productSheet = defineSheet<Row>(
  { zh: '商品', en: 'Products' },
  {
    code: { zh: '商家编码', en: 'Merchant code', kind: textKind(64), example: 'TEA-001' },
    title: { zh: '标题', en: 'Title', kind: optional(textKind(60)), example: '明前龙井' },
    subtitle: { zh: '副标题', en: 'Subtitle', kind: optional(textKind(80)), example: '' },
    description: { zh: '描述', en: 'Description', kind: optional(textKind(2_000)), example: '' },
    pictures: { zh: '图片', en: 'Pictures', kind: optional(picturesKind), example: '' },
    spec: {
      zh: '规格',
      en: 'Specs',
      kind: optional(pairsKind({ name: 20, value: 30, pairs: 5 })),
      example: '规格:50 g;包装:罐装',
    },
    priceFen: { zh: '价格（元）', en: 'Price (yuan)', kind: priceKind, example: '68.00' },
    stock: {
      zh: '初始库存',
      en: 'Initial stock',
      kind: optional(integerKind({ min: 0, max: 1_000_000 })),
      example: '100',
    },
    weightG: {
      zh: '重量（克）',
      en: 'Weight (g)',
      kind: optional(integerKind({ min: 0, max: 1_000_000 })),
      example: '60',
    },
    barcode: { zh: '条码', en: 'Barcode', kind: optional(barcodeKind), example: '6901234567892' },
  },
)
