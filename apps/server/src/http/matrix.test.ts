import { newId } from '@kaibo/kernel/ids'
import { beforeAll, expect, test } from 'vitest'
import { allCalls, lastNames } from '../testing/calls.ts'
import { defOf } from '../testing/request.ts'
import { type Answer, codeOf, openStage } from '../testing/stage.ts'
import { createWorld, roles, type World } from '../testing/world.ts'

const stage = await openStage()
/** endpoint → role → what it answers: `200`, or status and code. */
const cells: Record<string, Record<string, string>> = {}
let world: World

const cellOf = ({ status, text }: Answer) =>
  status === 200 ? '200' : `${status} ${codeOf(text) ?? ''}`

async function fillRows(isWanted: (name: string) => boolean): Promise<void> {
  for (const { name, make } of allCalls().filter(call => isWanted(call.name))) {
    const row: Record<string, string> = {}
    for (const role of roles)
      row[role] = cellOf(await world.call(role, name, await make(world, role)))
    cells[name] = row
  }
}

beforeAll(async () => {
  // The sandbox bank is reached over HTTP, like a real one.
  await stage.app.listen({ port: stage.config.PORT, host: '127.0.0.1' })
  world = await createWorld(stage)
  await fillRows(name => !lastNames.includes(name))
})

const callsWhere = (...scopes: string[]) =>
  allCalls().filter(({ name }) => scopes.includes(defOf(name).scope))
const pathHas = (name: string, field: string) => defOf(name).path.split('/').includes(`:${field}`)

test.each(['id', 'skuId'])(
  'under the own shop, a foreign %s and an invented one answer alike',
  async field => {
    const calls = callsWhere('shop').filter(({ name }) => pathHas(name, field))
    expect(calls.length).toBeGreaterThan(1)
    for (const { name, make } of calls) {
      const input = { ...(await make(world, 'otherOwner')), shopId: world.otherShopId }
      const foreign = await world.call('otherOwner', name, input)
      const invented = await world.call('otherOwner', name, { ...input, [field]: newId() })
      expect(foreign.status, name).toBe(404)
      expect(cellOf(foreign), name).toBe(cellOf(invented))
    }
  },
)

test('what belongs to somebody else and what does not exist answer alike', async () => {
  const calls = callsWhere('self').filter(({ name }) => pathHas(name, 'id'))
  for (const { name, make } of calls.filter(call => call.name !== 'chat.send')) {
    const input = await make(world, 'operator')
    const foreign = await world.call('operator', name, input)
    const invented = await world.call('operator', name, { ...input, id: newId() })
    expect(foreign.status, name).toBe(404)
    expect(cellOf(foreign), name).toBe(cellOf(invented))
  }
})

test('every role gets from every endpoint what the reviewed matrix says', async () => {
  await fillRows(name => lastNames.includes(name))
  await expect(`${JSON.stringify(cells, null, 2)}\n`).toMatchFileSnapshot('matrix.golden.json')
})

test('a visitor is sent to sign in by everything that is not public', () => {
  for (const [name, row] of Object.entries(cells)) {
    if (defOf(name).can === 'public') expect(row.visitor, name).not.toMatch(/^40[13]/)
    else expect(row.visitor, name).toBe('401 auth.required')
  }
})

test('who lacks the permission is told so, and the owner of another shop finds nothing', () => {
  for (const { name } of callsWhere('shop', 'platform'))
    expect(cells[name]?.user, name).toBe('403 auth.forbidden')
  for (const { name } of callsWhere('platform'))
    expect(cells[name]?.owner, name).toBe('403 auth.forbidden')
  for (const { name } of callsWhere('shop'))
    expect(cells[name]?.otherOwner, name).toBe('404 request.not_found')
})

test('an endpoint answers with codes that it declares', () => {
  expect(stage.undeclared).toEqual([])
})
