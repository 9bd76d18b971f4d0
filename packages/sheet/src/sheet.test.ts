import { deflateRawSync } from 'node:zlib'
import { sheetRowsMax } from '@kaibo/contract/goods/sheet-limits'
import { type Fen, fen } from '@kaibo/kernel/money'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { choiceKind, integerKind, optional, pairsKind, textKind, yuanKind } from './kinds.ts'
import { defineSheet } from './sheet.ts'

type Row = {
  code: string
  title: string
  priceFen: Fen
  count: number
  spec: Record<string, string> | null
}
const goods = defineSheet<Row>(
  { zh: '商品', en: 'Goods' },
  {
    code: { zh: '商家编码', en: 'Code', kind: textKind(30), example: 'TEA-1' },
    title: { zh: '标题', en: 'Title', kind: textKind(60), example: '龙井' },
    priceFen: { zh: '价格（元）', en: 'Price (yuan)', kind: yuanKind, example: '12.90' },
    count: { zh: '库存', en: 'Stock', kind: integerKind({ min: 0, max: 1e6 }), example: '10' },
    spec: {
      zh: '规格',
      en: 'Specs',
      kind: optional(pairsKind({ name: 20, value: 30, pairs: 5 })),
      example: '颜色:红色',
    },
  },
)
const utf8 = (text: string) => new TextEncoder().encode(text)
const heading = '商家编码,标题,价格（元）,库存\n'
const read = (lines: string) => goods.read(utf8(heading + lines))
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'read',
    (error: { code?: string }) => error.code,
  )

test('headings are found in either language, in any order, and starred or with other brackets', async () => {
  const { rows, problems } = await goods.read(
    utf8('\ufeffTitle,*Stock , price(yuan),什么,Code\n"茶, 新\n茶",3,12.9,x,A1\n'),
  )
  expect(problems).toEqual([])
  expect(rows[0]).toMatchObject({
    row: 2,
    values: { code: 'A1', title: '茶, 新\n茶', priceFen: 1290, count: 3, spec: null },
  })
})

test('lines may end in more than one way', async () => {
  const { rows } = await goods.read(utf8('Code,Title,Price (yuan),Stock\r\nA,tea,2,3\nB,cup,4,5'))
  expect(rows.map(row => row.values?.code)).toEqual(['A', 'B'])
})

test('a sheet saved by a Chinese Excel is read', async () => {
  // 商家编码,标题,价格（元）,库存 / 1,茶,2,3 in GB18030
  const bytes = Buffer.from(
    'c9ccbcd2b1e0c2eb2cb1eaccE2'.toLowerCase() +
      '2cbcdbb8f1a3a8d4aaa3a92cbfe2b4e60a312cb2e82c322c330a',
    'hex',
  )
  expect((await goods.read(bytes)).rows[0]?.values).toMatchObject({ title: '茶', priceFen: 200 })
})

test('every wrong cell is named with its row, column, code and a sentence in both languages', async () => {
  const { rows, problems } = await read('A,茶,12.345,1\n\nB,,1,x\nC,好,1,1\n')
  expect(rows.map(row => [row.row, row.values !== null])).toEqual([
    [2, false],
    [4, false],
    [5, true],
  ])
  expect(problems).toMatchObject([
    { row: 2, column: 'priceFen', code: 'sheet.cell_no_money' },
    { row: 4, column: 'title', code: 'sheet.cell_missing', zh: '“标题”未填写' },
    { row: 4, column: 'count', en: '“Stock” must be a whole number.' },
  ])
  expect(rows[0]?.texts.code).toBe('A')
})

test.each([
  ['12.9', 1290],
  ['0.29', 29],
  ['￥1,299.50', 129950],
  ['１２．５ 元', 1250],
])('%s yuan are understood digit by digit', async (typed, amount) => {
  const { rows } = await read(`A,t,"${typed}",1`)
  expect(rows[0]?.values?.priceFen).toBe(amount)
})

test('a price below nothing is told its limits', async () => {
  const { problems } = await read('A,t,-1,1')
  expect(problems).toMatchObject([{ code: 'sheet.cell_out_of_range', column: 'priceFen' }])
})

test.each(['1e3', '12.345', '10000000.01', '十元', '=1+1'])('%s is no price', async typed => {
  const { problems } = await read(`A,t,"${typed}",1`)
  expect(problems).toMatchObject([{ column: 'priceFen' }])
})

const rowOf = fc.record<Row>({
  code: fc.oneof(
    fc.constantFrom('=1+1', '+86', '-x', '@SUM(A1)', "'=1", '0012', '6901234567890123', '＝1'),
    fc.constantFrom('constructor', "'__proto__", 'toString', '_x0041_', '_x005F_x0041_'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
  ),
  title: fc.constantFrom('龙井, "明前"', '两\n行', "'", '1e5', 'true', '2026-01-02', '<b>'),
  priceFen: fc.integer({ min: 0, max: 1_000_000_000 }).map(fen),
  count: fc.nat(1_000_000),
  spec: fc.constantFrom(null, { 颜色: '红色', 尺码: 'M' }),
})
const isTypable = ({ code }: Row) =>
  code === code.trim() && code !== '' && code.length <= 30 && !/[\p{Cc}\uFFFE\uFFFF]/u.test(code)

test.each(['csv', 'xlsx'] as const)(
  'what was written as %s is read back the same',
  async format => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowOf.filter(isTypable), { minLength: 1, maxLength: 5 }),
        async rows => {
          const { bytes } = await goods.write(rows, { format, language: 'en' })
          const back = await goods.read(bytes)
          expect(back.problems).toEqual([])
          expect(back.rows.map(row => row.values)).toEqual(rows)
        },
      ),
      { numRuns: format === 'csv' ? 200 : 30 },
    )
  },
)

test.each(['=HYPERLINK("http://x")', '+1', '-1+1', '@SUM(A1)', '\tx', '\rx', '＝1'])(
  'no exported text begins like a formula: %j',
  async title => {
    const row = { code: 'A', title, priceFen: fen(1), count: 1, spec: null }
    const { bytes } = await goods.write([row], { format: 'csv' })
    const [, line = ''] = new TextDecoder().decode(bytes).split(/\r\n/)
    expect(line).toMatch(/^A,"?'/)
  },
)

test('a template comes back as a row without problems', async () => {
  for (const format of ['csv', 'xlsx'] as const) {
    const { bytes, fileName } = await goods.template({ format, language: 'en' })
    expect(fileName).toBe(`Goods.${format}`)
    expect((await goods.read(bytes)).problems).toEqual([])
  }
})

test.each([
  ['an empty file', '', 'sheet.empty'],
  ['a heading alone', heading, 'sheet.empty'],
  ['a heading twice', `标题,Title,${heading}x,y,a,b,1,1`, 'sheet.columns_twice'],
  ['no price', '商家编码,标题,库存\n1,2,3', 'sheet.columns_missing'],
  ['an open quote', `${heading}"A,t,1,1\n`, 'sheet.unreadable'],
  ['NUL', `${heading}A\0,t,1,1\n`, 'sheet.unreadable'],
  ['too many rows', heading + 'A,t,1,1\n'.repeat(sheetRowsMax + 1), 'sheet.too_many_rows'],
  ['too many columns', `${heading}${','.repeat(200)}\n`.repeat(2), 'sheet.too_many_columns'],
  ['a broken archive', 'PK\u0003\u0004 nothing', 'sheet.unreadable'],
])('%s is refused with %s', async (_name, text, code) => {
  expect(await codeOf(goods.read(utf8(text)))).toBe(code)
})

test('bytes of anything else are refused, whatever they are', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async noise => {
      for (const bytes of [noise, new Uint8Array([0x50, 0x4b, 3, 4, ...noise])])
        expect(await codeOf(goods.read(bytes))).toMatch(/^sheet\./)
    }),
    { numRuns: 300 },
  )
})

/** A ZIP with these parts, as little of it as a reader needs. */
function zipOf(parts: Record<string, Buffer>, saysBytes?: number): Uint8Array {
  const locals: Buffer[] = []
  const entries: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(parts)) {
    const packed = deflateRawSync(content)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(saysBytes ?? content.length, 22)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(saysBytes ?? content.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    locals.push(local, Buffer.from(name), packed)
    entries.push(entry, Buffer.from(name))
    offset += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(Buffer.concat(entries).length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, ...entries, end])
}
const sheetXml = (data: string) =>
  Buffer.from(`<worksheet><sheetData>${data}</sheetData></worksheet>`)
const path = 'xl/worksheets/sheet1.xml'

test.each([
  ['that unpacks to 80 MB', zipOf({ [path]: Buffer.alloc(80_000_000) }), 'sheet.too_large'],
  ['that hides its size', zipOf({ [path]: Buffer.alloc(80_000_000) }, 10), 'sheet.too_large'],
  [
    'with a cell in the last row',
    zipOf({ [path]: sheetXml('<row r="1048576"><c r="A1048576"/></row>') }),
    'sheet.too_many_rows',
  ],
  [
    'with a cell in the last column',
    zipOf({ [path]: sheetXml('<row x=">" r="1"><c s="a>b" r="XFD1"/></row>') }),
    'sheet.too_many_columns',
  ],
  ['with an escaped address', zipOf({ [path]: sheetXml('<c r="&#88;FD1"/>') }), 'sheet.unreadable'],
  [
    'with entities that unfold',
    zipOf({ [path]: Buffer.from('<!DOCTYPE x [<!ENTITY a "aa">]><worksheet/>') }),
    'sheet.unreadable',
  ],
  ['without a workbook', zipOf({ [path]: sheetXml('') }), 'sheet.unreadable'],
])('an archive %s is refused', async (_name, bytes, code) => {
  expect(await codeOf(goods.read(bytes))).toBe(code)
})

test.each([
  ['顺丰速运', 'sf'],
  ['SF', 'sf'],
  ['顺丰', 'sf'],
  ['jd log', 'jd'],
])('%s is understood as the only word that begins so', (typed, word) => {
  const carrier = choiceKind({ sf: ['顺丰速运', 'SF Express'], jd: ['京东物流', 'JD Logistics'] })
  expect(carrier.parse(typed)).toEqual({ value: word })
})

test.each(['中', '中通', '速运'])('%s names none, or several', typed => {
  const carrier = choiceKind({ a: ['中通快递', 'ZTO'], b: ['中通快运', 'ZTO Freight'] })
  expect('problem' in carrier.parse(typed)).toBe(true)
})
