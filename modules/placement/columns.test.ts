import { integers } from '@kaibo/db/arrays'
import { newId } from '@kaibo/kernel/ids'
import { fen, zeroFen } from '@kaibo/kernel/money'
import { expect, test } from 'vitest'
import { columnsOf } from './columns.ts'
import { type Draft, parcel } from './store.ts'

const ids = { buyerId: newId(), shopId: newId(), productId: newId(), skuId: newId() }

/** One piece, of which each person may have `max`. */
function draftOf(max: number): Draft {
  const id = newId()
  const { buyerId, shopId, productId, skuId } = ids
  const price = { listPriceFen: fen(100), unitPriceFen: fen(100), payableFen: fen(100) }
  const flags = { isGift: false, isVirtual: false, mayReturn: true }
  const none = { pictureUrl: null, bundleId: null, poolId: null, parts: [] }
  const line = { productId, skuId, title: '茶', spec: {}, quantity: 1, takeRateBps: 0 }
  const limits = [{ limitId: productId, max }]
  return {
    ...{ id, number: id, requestHash: id, buyerId, shopId, checkoutId: id, payWindowSec: 900 },
    lines: [{ id: newId(), versionId: newId(), limits, ...line, ...price, ...flags, ...none }],
    ...{ itemsFen: fen(100), discountFen: zeroFen, shippingFen: zeroFen, payableFen: fen(100) },
    ...{ receiverSealed: null, note: '', source: { kind: 'shop', id: null } },
  }
}

test('when a limit was lowered between two orders of a group, the lower one counts for both', () => {
  const columns = columnsOf([3, 1].map(max => parcel([draftOf(max)], [])))
  expect(columns.slice(-2)).toEqual([integers([2]), integers([1])])
})
