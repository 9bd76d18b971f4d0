import { orderCompleted } from '@kaibo/contract/trade/order'
import { createOutbox, publish } from '@kaibo/db/outbox'
import { newId } from '@kaibo/kernel/ids'
import { type Fen, fen } from '@kaibo/kernel/money'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, operatorActor, shopTeam, visitor } from '@kaibo/testkit/people'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createLedger, type Movement } from './index.ts'
import { accounts, transfer } from './rules.ts'

const { database, connect } = await testDatabase()
const fine = { ok: true, checks: [], findings: [] }
const ledger = createLedger({ database, checkAll: async () => fine })
const team = shopTeam()
const { shopId } = team

const book = (changes: Partial<Movement> = {}, on = database) => {
  const movement = {
    key: newId(),
    kind: 'test',
    from: accounts.shopPending(shopId),
    to: accounts.channel('sandbox'),
    amountFen: fen(100),
    ...changes,
  }
  return on.tx(tx => ledger.move(tx, movement))
}
const sumOf = async (account: string) => {
  const { rows } = await sql<{ sum: number }>`
    select coalesce(sum(amount_fen), 0)::bigint as sum from ledger_entry
    where account = ${account}`.execute(database.db)
  return rows[0]?.sum
}
const balanceOf = (shop = team) => ledger.handlers.balance(ctxOf(shop.owner), shop)
const raw = (statement: string) => sql.raw(statement).execute(database.db)

const account = fc.constantFrom('a', 'b', 'c', 'd')
const amount = fc.integer({ min: 1, max: 1_000_000_000 }).map(fen)
const movement = fc
  .record({ from: account, to: account, amountFen: amount })
  .filter(({ from, to }) => from !== to)

test('the two sides of a movement sum to zero', () => {
  fc.assert(
    fc.property(movement, move => {
      const entries = transfer(move)
      expect(entries.reduce((sum, entry) => sum + entry.amountFen, 0)).toBe(0)
      expect(entries.map(entry => entry.account)).toEqual([move.to, move.from])
    }),
  )
  const wrong = { from: 'a', to: 'a', amountFen: fen(1) }
  expect(() => transfer(wrong)).toThrow('two sides')
  expect(() => transfer({ ...wrong, to: 'b', amountFen: fen(0) })).toThrow('more than nothing')
})

test('any movements of several processes, with repeats, leave books that sum to zero', async () => {
  const pools = [database, connect()]
  await fc.assert(
    fc.asyncProperty(fc.array(movement, { minLength: 1, maxLength: 12 }), async moves => {
      const run = newId()
      const nameOf = (name: string) => `test:${run}:${name}`
      const named = moves.map(({ from, to, amountFen }, index) => ({
        key: `${run}:${index}`,
        from: nameOf(from),
        to: nameOf(to),
        amountFen,
      }))
      await Promise.all([...named, ...named].map((move, index) => book(move, pools[index % 2])))
      for (const name of ['a', 'b', 'c', 'd']) {
        const signed = moves.map(({ from, to, amountFen }) =>
          to === name ? amountFen : from === name ? -amountFen : 0,
        )
        expect(await sumOf(nameOf(name))).toBe(signed.reduce((sum, each) => sum + each, 0))
      }
    }),
    { numRuns: 15 },
  )
  const { rows } = await sql<{ sum: number }>`
    select sum(amount_fen)::bigint as sum from ledger_entry`.execute(database.db)
  expect(rows[0]?.sum).toBe(0)
  expect(await ledger.check(database.db)).toMatchObject({ ok: true })
})

test('the database itself refuses a journal that does not sum to zero', async () => {
  const insert = (sides: readonly (readonly [string, number])[]) =>
    database.tx(async tx => {
      const id = newId()
      await sql`insert into ledger_journal (id, key, kind) values (${id}, ${id}, 'test')`.execute(
        tx,
      )
      for (const [name, amountFen] of sides)
        await sql`insert into ledger_entry values (${id}, ${name}, ${amountFen})`.execute(tx)
    })
  const unbalanced = [
    [['a', 1]],
    [
      ['a', 1],
      ['b', -2],
    ],
    [
      ['a', 5],
      ['b', -3],
      ['c', -1],
    ],
  ] as const
  for (const sides of unbalanced)
    await expect(insert(sides)).rejects.toThrow('does not sum to zero')
  await insert([
    ['a', 5],
    ['b', -3],
    ['c', -2],
  ])
})

test('what is booked can be neither changed nor deleted', async () => {
  await book()
  for (const statement of [
    'update ledger_entry set amount_fen = amount_fen * 2',
    `update ledger_journal set kind = 'other'`,
    'delete from ledger_entry',
    'delete from ledger_journal',
    'truncate ledger_entry',
    'truncate ledger_journal cascade',
  ])
    await expect(raw(statement), statement).rejects.toThrow('append-only')
})

test('the check names a journal that is not one', async () => {
  const key = `half ${newId()}`
  await sql`insert into ledger_journal (id, key, kind) values (${newId()}, ${key}, 'x')`.execute(
    database.db,
  )
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ledger_journal`.execute(database.db)
  expect(await ledger.check(database.db)).toEqual({
    ok: false,
    checks: [{ name: 'ledger.journals', rows: rows[0]?.count }],
    findings: [
      {
        check: 'ledger.journals',
        subject: `journal ${key}`,
        expected: '0 fen on two sides or more',
        found: '0 fen on 0',
      },
    ],
  })
})

test('a shop owns what its completed orders paid, and sees what is pending', async () => {
  const shop = shopTeam()
  expect(await balanceOf(shop)).toEqual({ pendingFen: 0, availableFen: 0 })
  const from = accounts.shopPending(shop.shopId)
  await book({ from, amountFen: fen(300) })
  await book({ from, amountFen: fen(500) })
  const outbox = createOutbox({ database, subscribers: ledger.subscribers })
  const complete = (payableFen: Fen) => {
    const order = { orderId: newId(), buyerId: newId(), shopId: shop.shopId }
    const moved = { ...order, payableFen, source: { kind: 'shop' as const, id: null } }
    return database.tx(tx => publish(tx, orderCompleted, { ...moved, state: 'completed' }))
  }
  await complete(fen(300))
  await complete(fen(0))
  await outbox.drain({ limit: 10 })
  await outbox.drain({ limit: 10 })
  expect(await balanceOf(shop)).toEqual({ pendingFen: 500, availableFen: 300 })
  expect((await outbox.backlog()).waitingCount).toBe(0)
})

test('only the owner reads the balance of a shop, and only staff runs the check', async () => {
  const read = (actor: typeof team.owner) => ledger.handlers.balance(ctxOf(actor), { shopId })
  await expect(read(team.clerk)).rejects.toMatchObject({ code: 'auth.forbidden' })
  await expect(read(shopTeam().owner)).rejects.toMatchObject({ code: 'request.not_found' })
  await expect(ledger.handlers.check(ctxOf(visitor), {})).rejects.toMatchObject({
    code: 'auth.required',
  })
  await expect(ledger.handlers.check(ctxOf(team.owner), {})).rejects.toMatchObject({
    code: 'auth.forbidden',
  })
  expect(await ledger.handlers.check(ctxOf(operatorActor()), {})).toBe(fine)
})

test('what was booked is found by its keys', async () => {
  const key = newId()
  await book({ key, amountFen: fen(700) })
  const found = await ledger.amountsByKey(database.db, [key, newId()])
  expect([...found]).toEqual([[key, 700]])
})
