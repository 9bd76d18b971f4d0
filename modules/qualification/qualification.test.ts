import { newId } from '@kaibo/kernel/ids'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, operatorActor, visitor } from '@kaibo/testkit/people'
import { sql } from 'kysely'
import { expect, test } from 'vitest'

const { database } = await testDatabase()
const { newShop, newProduct, bulkedit, catalog, category, qualification } = createMarket(database)
const reviewed = createMarket(database, { isReviewRequired: true }).qualification
const operator = ctxOf(operatorActor())
const licence = await qualification.typeHandlers.create(operator, {
  id: newId(),
  name: '食品经营许可证',
  nameEn: 'Food licence',
  hint: '',
})
const nodeOf = (name: string, parentId: string | null, documentTypeIds: string[]) =>
  category.handlers.create(operator, {
    id: newId(),
    parentId,
    position: 0,
    name,
    nameEn: '',
    documentTypeIds,
    rateHandle: '',
  })
const food = await nodeOf('食品', null, [licence.id])
const tea = await nodeOf('茶', food.id, [])

const dayIn = (days: number) =>
  new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)

/** A shop with a product that is off the shelf, in a category that asks for a licence. */
async function teaShop() {
  const team = await newShop()
  const { id, pictureUrls } = await newProduct(team)
  const clerk = ctxOf(team.clerk)
  const { shopId } = team
  const shelve = (state: 'on_shelf' | 'off_shelf') =>
    catalog.handlers.setShelf(clerk, { shopId, id, state })
  await shelve('off_shelf')
  await bulkedit.handlers.bulk(clerk, { shopId, ids: [id], change: { categoryId: tea.id } })
  const fileIds = [pictureUrls[0]?.slice(-36) ?? '']
  const paper = (expiresOn: string | null) => ({
    shopId,
    id: newId(),
    typeId: licence.id,
    number: 'JY1',
    fileIds,
    expiresOn,
  })
  const stateNow = async () => (await catalog.handlers.view(ctxOf(visitor), { id })).state
  return { shopId, clerk, id, shelve, paper, stateNow }
}

test('a missing document blocks the shelf and is named; a good one opens it', async () => {
  const { shopId, clerk, id, shelve, paper } = await teaShop()
  await expect(shelve('on_shelf')).rejects.toMatchObject({
    code: 'product.qualification_missing',
    data: { documents: ['食品经营许可证'] },
  })
  const view = await catalog.handlers.manageView(clerk, { shopId, id })
  expect(view.missingDocuments).toEqual([{ id: licence.id, name: '食品经营许可证' }])
  await qualification.handlers.submit(clerk, paper(dayIn(400)))
  expect(await shelve('on_shelf')).toMatchObject({ state: 'on_shelf', missingDocuments: [] })
})

test.each([
  [0, 'expiring', 0],
  [30, 'expiring', 30],
  [31, 'valid', 31],
] as const)('a document with %i days left is %s', async (days, standing, daysLeft) => {
  const { clerk, paper } = await teaShop()
  const document = await qualification.handlers.submit(clerk, paper(dayIn(days)))
  expect(document).toMatchObject({ standing, daysLeft, typeName: '食品经营许可证' })
})

test('what is out of date is not handed in', async () => {
  const { clerk, paper } = await teaShop()
  await expect(qualification.handlers.submit(clerk, paper(dayIn(-1)))).rejects.toMatchObject({
    code: 'qualification.expired',
  })
})

test('when the last good document ends, the goods leave the shelf, once', async () => {
  const { clerk, id, shelve, paper, stateNow } = await teaShop()
  const [one, two] = [paper(dayIn(5)), paper(dayIn(5))]
  for (const document of [one, two]) await qualification.handlers.submit(clerk, document)
  await shelve('on_shelf')
  const end = (documentId: string) =>
    sql`update qualification_document set expires_on = ${dayIn(-1)} where id = ${documentId}`.execute(
      database.db,
    )
  await end(one.id)
  await qualification.lapseDue()
  expect(await stateNow()).toBe('on_shelf')
  await end(two.id)
  await Promise.all([qualification.lapseDue(), qualification.lapseDue()])
  expect(await stateNow()).toBe('off_shelf')
  await expect(shelve('on_shelf')).rejects.toMatchObject({ code: 'product.qualification_missing' })
  expect(id).toBeTruthy()
})

test('taking a document back takes off what needs it', async () => {
  const { shopId, clerk, shelve, paper, stateNow } = await teaShop()
  const document = paper(null)
  await qualification.handlers.submit(clerk, document)
  await shelve('on_shelf')
  await qualification.handlers.withdraw(clerk, { shopId, id: document.id })
  expect(await stateNow()).toBe('off_shelf')
})

test('where the platform reviews, a document counts from its approval', async () => {
  const { shopId, clerk, shelve, paper } = await teaShop()
  const document = paper(null)
  await reviewed.handlers.submit(clerk, document)
  await expect(shelve('on_shelf')).rejects.toMatchObject({ code: 'product.qualification_missing' })
  const decision = { id: document.id, isApproved: true, reason: '' }
  await expect(reviewed.handlers.decide(clerk, decision)).rejects.toMatchObject({
    code: 'auth.forbidden',
  })
  expect(await reviewed.handlers.decide(operator, decision)).toMatchObject({ standing: 'valid' })
  await expect(reviewed.handlers.decide(operator, decision)).rejects.toMatchObject({
    code: 'qualification.decided',
  })
  expect(await shelve('on_shelf')).toMatchObject({ state: 'on_shelf', shopId })
})
