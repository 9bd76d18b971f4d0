import { newId } from '@kaibo/kernel/ids'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, operatorActor, shopTeam, visitor } from '@kaibo/testkit/people'
import { expect, test } from 'vitest'
import { createBrands } from './index.ts'

const { database } = await testDatabase()
const { handlers, brandsByIds } = createBrands({ database })
const operator = ctxOf(operatorActor())
const anybody = ctxOf(visitor)
const brand = (name: string) => ({ id: newId(), name, nameEn: '', logoFileId: null })

test('everybody reads brands, only the operator changes them', async () => {
  const leaf = brand('一叶')
  expect(await handlers.create(operator, leaf)).toEqual(leaf)
  expect(await handlers.view(anybody, leaf)).toEqual(leaf)
  const clerk = ctxOf(shopTeam().clerk)
  for (const ctx of [anybody, clerk]) {
    await expect(handlers.update(ctx, leaf)).rejects.toMatchObject({
      code: expect.stringMatching(/^auth/),
    })
  }
  expect(await handlers.update(operator, { ...leaf, nameEn: 'Leaf' })).toMatchObject({
    nameEn: 'Leaf',
  })
  await handlers.remove(operator, leaf)
  await expect(handlers.view(anybody, leaf)).rejects.toMatchObject({ code: 'request.not_found' })
  expect(await brandsByIds(database.db, [leaf.id])).toEqual([])
})

test('a name is given once, whatever its case; the same id again changes nothing', async () => {
  const mate = brand('Mate')
  await handlers.create(operator, mate)
  await expect(handlers.create(operator, brand('MATE'))).rejects.toMatchObject({
    code: 'resource.name_taken',
  })
  expect(await handlers.create(operator, { ...mate, name: '另一个' })).toEqual(mate)
})

test('the list is searched by name and turned page by page', async () => {
  for (const name of ['茶一', '茶二', '茶三', '100%']) await handlers.create(operator, brand(name))
  const first = await handlers.list(anybody, { q: '茶', limit: 2 })
  expect(first.items.map(row => row.name)).toEqual(['茶三', '茶二'])
  const rest = await handlers.list(anybody, { q: '茶', limit: 2, cursor: first.next ?? '' })
  expect(rest).toMatchObject({ items: [{ name: '茶一' }], next: null })
  const percent = await handlers.list(anybody, { q: '%', limit: 9 })
  expect(percent.items.map(row => row.name)).toEqual(['100%'])
  await expect(handlers.list(anybody, { limit: 2, cursor: 'x' })).rejects.toMatchObject({
    code: 'request.bad_cursor',
  })
})
