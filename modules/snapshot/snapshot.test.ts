import { newId } from '@kaibo/kernel/ids'
import { fen } from '@kaibo/kernel/money'
import { testDatabase } from '@kaibo/testkit/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createSnapshots, type Shown } from './index.ts'

const { database } = await testDatabase()
const { db } = database
const snapshot = createSnapshots({ files: { urlOf: id => `/files/${id}` } })
const shown: Shown = {
  title: '龙井',
  subtitle: '',
  description: '',
  detail: '<p>明前</p>',
  pictureFileIds: ['p1'],
  videoFileId: null,
  noReturn: null,
  brandName: '一叶',
  categoryNames: ['茶'],
  skus: [
    { id: newId(), spec: { 罐: '大' }, priceFen: fen(6_800), strike: null, pictureFileId: 'p2' },
  ],
}
const keep = async (version: { productId: string; number: number; shown?: Shown }) => {
  const versionId = newId()
  await database.tx(tx => snapshot.keep(tx, [{ shown, by: null, versionId, ...version }]))
  return versionId
}

test('a page is shown as it was kept, and a later version beside it', async () => {
  const productId = newId()
  const first = await keep({ productId, number: 1 })
  await keep({ productId, number: 2, shown: { ...shown, title: '龙井 特级' } })
  expect(await snapshot.pageOf(db, first)).toMatchObject({
    title: '龙井',
    versionId: first,
    brandName: '一叶',
    pictureUrls: ['/files/p1'],
    skus: [{ priceFen: 6_800, pictureUrl: '/files/p2' }],
  })
  expect(await snapshot.pageOf(db, newId())).toBeNull()
})

test('what a page does not show is not kept', async () => {
  const secret = { ...shown, costFen: 1, skus: shown.skus.map(sku => ({ ...sku, barcode: 'x' })) }
  const page = await snapshot.pageOf(
    db,
    await keep({ productId: newId(), number: 1, shown: secret }),
  )
  expect(page).not.toHaveProperty('costFen')
  expect(page?.skus[0]).not.toHaveProperty('barcode')
})

test('no version is changed, deleted or kept twice', async () => {
  const productId = newId()
  const id = await keep({ productId, number: 1 })
  const kept = 'versions of products are kept'
  await expect(
    sql`update snapshot_page set number = 9 where id = ${id}`.execute(db),
  ).rejects.toThrow(kept)
  await expect(sql`delete from snapshot_page where id = ${id}`.execute(db)).rejects.toThrow(kept)
  await expect(keep({ productId, number: 1 })).rejects.toThrow('snapshot_page_product_id_number')
})
