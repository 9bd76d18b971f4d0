import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Edge, EdgeReply } from '@kaibo/contract/core/edge'
import { systemClock } from '@kaibo/kernel/clock'
import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { fen } from '@kaibo/kernel/money'
import type { NewTrade } from '@kaibo/modules/pay'
import { testDatabase } from '@kaibo/testkit/database'
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { createSandboxGateway } from './gateway.ts'
import { createPaymentSandbox } from './index.ts'
import { keyPairOf, signHeaders } from './signature.ts'

const { database, connect } = await testDatabase()
const deriveKey = (purpose: string) => Buffer.alloc(32, purpose.length)
const needs = {
  database,
  clock: systemClock,
  deriveKey,
  baseUrl: 'http://nobody.invalid',
  isServing: false,
  allowed: true,
}
const sandbox = createPaymentSandbox(needs)
const { gateway } = sandbox
const elsewhere = createPaymentSandbox({ ...needs, database: connect() })

/** A merchant who hears what the bank tells, and answers with `status`. */
const merchant = { status: 200, heard: [] as string[], notifyUrl: '', beforeAnswer: async () => {} }
const server = createServer(async (request, response) => {
  merchant.heard.push(Buffer.concat(await request.toArray()).toString())
  await merchant.beforeAnswer()
  response.writeHead(merchant.status).end()
}).listen(0, '127.0.0.1')
await once(server, 'listening')
merchant.notifyUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
afterAll(() => server.close())
beforeEach(async () => {
  await sql`update sandbox_trade set notify_due_at = null`.execute(database.db)
  Object.assign(merchant, { status: 200, heard: [], beforeAnswer: async () => {} })
})

const newTrade = (changes: Partial<NewTrade> = {}): NewTrade => ({
  tradeNo: newId().replaceAll('-', ''),
  amountFen: fen(6_800),
  subject: '龙井春茶',
  notifyUrl: merchant.notifyUrl,
  expiresAt: new Date(Date.now() + 60_000),
  ...changes,
})

/** Asks an edge as a browser or a merchant would. */
function ask(
  method: Edge['method'],
  url: string,
  sent: { headers?: Record<string, string>; body?: string } = {},
): Promise<EdgeReply> {
  const { pathname, searchParams } = new URL(url, 'http://test')
  const tradeNo = pathname.split('/')[3] ?? ''
  const path = pathname.replace(/(cashier)\/.*/, '$1/:tradeNo')
  const edge = sandbox.edges.find(each => each.method === method && each.path === path)
  return must(edge, path).handle({
    params: { tradeNo },
    query: Object.fromEntries(searchParams),
    headers: sent.headers ?? {},
    rawBody: Buffer.from(sent.body ?? ''),
  })
}
const click = async (cashierUrl: string) => (await ask('POST', `${cashierUrl}&lang=en`)).body
const stateOf = async ({ tradeNo }: NewTrade) => (await gateway.query(tradeNo)).state
const noticesOf = ({ tradeNo }: NewTrade) => merchant.heard.filter(body => body.includes(tradeNo))
/** Seconds until the bank tells of a trade again; null when it does not. */
const dueSecOf = async ({ tradeNo }: NewTrade) => {
  const { rows } = await sql<{ sec: number | null }>`
    select round(extract(epoch from notify_due_at - now()))::int as sec
    from sandbox_trade where trade_no = ${tradeNo}`.execute(database.db)
  return must(rows[0], 'a trade').sec
}
const makeDue = ({ tradeNo }: NewTrade) =>
  sql`update sandbox_trade set notify_due_at = now() where trade_no = ${tradeNo}`.execute(
    database.db,
  )
/** Paid, and the first notification is over. */
async function paidTrade(status: number) {
  merchant.status = status
  const trade = newTrade()
  const { cashierUrl } = await gateway.create(trade)
  await click(cashierUrl)
  await vi.waitFor(async () => expect(await dueSecOf(trade)).toBe(status === 200 ? null : 1), 5_000)
  return { ...trade, cashierUrl }
}

test('the gateway works through the whole life of a trade without a server', async () => {
  const trade = newTrade()
  const { cashierUrl } = await gateway.create(trade)
  expect(await gateway.create(trade)).toEqual({ cashierUrl })
  expect(await stateOf(trade)).toBe('pending')
  expect(await click(cashierUrl)).toContain('Paid')
  expect(await gateway.query(trade.tradeNo)).toMatchObject({ state: 'paid', amountFen: 6_800 })
  expect(await gateway.close(trade.tradeNo)).toBe('paid')
  const refund = { ...trade, refundNo: 'a1', reason: 'test' }
  expect([await gateway.refund(refund), await gateway.refund(refund)]).toEqual(['done', 'done'])
  const bill = await gateway.bill({ after: null, limit: 1_000 })
  expect(bill).toContainEqual({ tradeNo: trade.tradeNo, amountFen: 6_800, refundedFen: 6_800 })
})

test('a trade that the bank never heard of is unknown, and closed for whoever closes it', async () => {
  const trade = newTrade()
  expect(await stateOf(trade)).toBe('unknown')
  expect(await gateway.close(trade.tradeNo)).toBe('closed')
})

test('paying twice pays once', async () => {
  const trade = newTrade()
  const { cashierUrl } = await gateway.create(trade)
  const pages = await Promise.all([1, 2, 3, 4].map(() => click(cashierUrl)))
  for (const page of pages) expect(page).toContain('Paid')
  await vi.waitFor(async () => expect(await dueSecOf(trade)).toBeNull(), 5_000)
  expect(noticesOf(trade)).toHaveLength(1)
})

test('a trade whose time is over is closed and takes no money', async () => {
  const trade = newTrade({ expiresAt: new Date(Date.now() - 1) })
  const { cashierUrl } = await gateway.create(trade)
  expect(await click(cashierUrl)).toContain('closed')
  expect(await stateOf(trade)).toBe('closed')
  expect(await gateway.close(trade.tradeNo)).toBe('closed')
})

test('a closed trade takes no money', async () => {
  const trade = newTrade()
  const { cashierUrl } = await gateway.create(trade)
  await gateway.close(trade.tradeNo)
  expect(await click(cashierUrl)).toContain('closed')
  expect(await stateOf(trade)).toBe('closed')
})

test('only the holder of its address sees a cashier, in the language of the browser', async () => {
  const trade = newTrade({ subject: `<script>alert('x')</script>` })
  const { cashierUrl } = await gateway.create(trade)
  const [path = ''] = cashierUrl.split('?')
  for (const wrong of [path, `${path}?pass=`, `${path}?pass=${'x'.repeat(24)}`]) {
    expect((await ask('GET', wrong)).status).toBe(404)
    expect((await ask('POST', wrong)).status).toBe(404)
  }
  const page = await ask('GET', cashierUrl)
  expect(page.body).toContain('沙箱收银台')
  expect(page.body).toContain('&lt;script&gt;')
  expect(page.body).not.toContain('<script>alert')
  const english = { headers: { 'accept-language': 'en-GB,zh;q=0.5' } }
  expect((await ask('GET', cashierUrl, english)).body).toContain('Sandbox cashier')
})

test('the bank hears its merchant alone, and only what it understands', async () => {
  const body = JSON.stringify({ tradeNo: newTrade().tradeNo })
  const signed = (seed: string, text: string) =>
    signHeaders(keyPairOf(deriveKey(seed)).privateKey, Buffer.from(text), new Date())
  const call = (headers: Record<string, string>, text: string) =>
    ask('POST', '/sandbox/v1/query', { headers, body: text })
  expect((await call({}, body)).status).toBe(401)
  expect((await call(signed('sandbox-bank', body), body)).status).toBe(401)
  expect((await call(signed('sandbox-merchant', body), `${body} `)).status).toBe(401)
  expect((await call(signed('sandbox-merchant', body), body)).status).toBe(404)
  for (const text of ['', '{', 'null', '{"tradeNo":"1"}'])
    expect((await call(signed('sandbox-merchant', text), text)).status, text).toBe(400)
})

test('the same number for another amount is refused', async () => {
  const trade = newTrade()
  await gateway.create(trade)
  await expect(gateway.create({ ...trade, amountFen: fen(1) })).rejects.toThrow('trade_differs')
  const refund = { ...trade, amountFen: fen(1), refundNo: 'a1', reason: 'test' }
  await expect(gateway.refund(refund)).rejects.toThrow('refund_refused')
})

test('a merchant that does not listen is told again, ever later, and then no more', async () => {
  const trade = await paidTrade(500)
  const rhythm: (number | null)[] = [1]
  for (let round = 0; round < 8; round++) {
    await makeDue(trade)
    await sandbox.notify()
    rhythm.push(await dueSecOf(trade))
  }
  expect(rhythm).toEqual([1, 3, 10, 30, 60, 300, 900, 3_600, null])
  expect(noticesOf(trade)).toHaveLength(9)
})

test('a merchant that listens is told once, also by several processes', async () => {
  const trade = await paidTrade(500)
  merchant.status = 200
  await makeDue(trade)
  await Promise.all([sandbox, elsewhere, sandbox, elsewhere].map(each => each.notify()))
  expect(noticesOf(trade)).toHaveLength(2)
  expect(await dueSecOf(trade)).toBeNull()
})

test('a notification is taken over from a process that was killed, which then has no say', async () => {
  const trade = await paidTrade(500)
  const release = Promise.withResolvers<void>()
  merchant.beforeAnswer = () => release.promise
  await makeDue(trade)
  const stuck = sandbox.notify()
  await vi.waitFor(() => expect(noticesOf(trade)).toHaveLength(2), 5_000)
  expect(await dueSecOf(trade)).toBe(20)
  merchant.beforeAnswer = async () => {}
  await makeDue(trade)
  await elsewhere.notify()
  merchant.status = 200
  release.resolve()
  await stuck
  expect(await dueSecOf(trade)).toBe(10)
})

test('parts of a trade go back, each once, and never more than was paid', async () => {
  const trade = await paidTrade(200)
  const part = (refundNo: string, amountFen: number) =>
    gateway.refund({ ...trade, refundNo, amountFen: fen(amountFen), reason: 'test' })
  await Promise.all([part('a1', 5_000), part('a1', 5_000), part('b2', 800)])
  await expect(part('c3', 1_001)).rejects.toThrow('refund_refused')
  const booked = async () => {
    const bill = await gateway.bill({ after: null, limit: 1_000 })
    return bill.find(row => row.tradeNo === trade.tradeNo)
  }
  expect(await booked()).toMatchObject({ amountFen: 6_800, refundedFen: 5_800 })
  expect(await part('c3', 1_000)).toBe('done')
  expect(await booked()).toMatchObject({ refundedFen: 6_800 })
})

test('of money that went back nobody is told any more', async () => {
  const trade = await paidTrade(500)
  await gateway.refund({ ...trade, refundNo: 'a1', reason: 'test' })
  expect(await dueSecOf(trade)).toBeNull()
})

test('an answer that the bank did not sign is no answer', async () => {
  const trade = { ...newTrade(), channelTradeNo: 'x', state: 'paid', paidAt: null, cashierUrl: '' }
  const answers = (seed: string, text: string) =>
    createSandboxGateway({
      clock: systemClock,
      merchantKey: keyPairOf(deriveKey('sandbox-merchant')).privateKey,
      bankKey: keyPairOf(deriveKey('sandbox-bank')).publicKey,
      baseUrl: 'http://test',
      fetch: async () => {
        const key = keyPairOf(deriveKey(seed)).privateKey
        return new Response(text, { headers: signHeaders(key, Buffer.from(text), new Date()) })
      },
    })
  const query = (seed: string, text: string) => answers(seed, text).query(trade.tradeNo)
  const down = { code: 'pay.channel_down' }
  await expect(query('sandbox-merchant', JSON.stringify(trade))).rejects.toMatchObject(down)
  await expect(gatewayAt('http://127.0.0.1:1').query(trade.tradeNo)).rejects.toMatchObject(down)
  await expect(query('sandbox-bank', '{"state":"paid"}')).rejects.toThrow('not understood')
})
const gatewayAt = (baseUrl: string) =>
  createPaymentSandbox({ ...needs, isServing: true, baseUrl }).gateway

test('production refuses the channel', () => {
  expect(() => createPaymentSandbox({ ...needs, allowed: false })).toThrow('production')
})
