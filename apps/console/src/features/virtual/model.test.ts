import { fen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { csvOfCodes, undeliverable } from './model.ts'

test('pasted lines become a sheet; blanks go, commas and quotes stay', () => {
  expect(csvOfCodes(' A-1 \n\nB,2\nC"3\n')).toBe('"Code"\r\n"A-1"\r\n"B,2"\r\n"C""3"')
})

const blank = { priceFen: fen(100), strike: null, pictureUrl: null, barcode: null, available: 1 }
const skuOf = (id: string, isDisabled = false) => ({
  ...{ ...blank, id, isDisabled },
  ...{ spec: { 课: id }, weightG: 0, volumeCm3: 0 },
})

test('what cannot be delivered is told of virtual goods that are offered', () => {
  const skus = [skuOf('a'), skuOf('b'), skuOf('c', true)]
  const rules = [{ skuId: 'a' }]
  expect(undeliverable({ isVirtual: true, skus }, rules).map(sku => sku.id)).toEqual(['b'])
  expect(undeliverable({ isVirtual: false, skus }, rules)).toEqual([])
})
