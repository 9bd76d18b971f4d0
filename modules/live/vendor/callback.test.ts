import { newId } from '@kaibo/kernel/ids'
import { createMarket } from '@kaibo/testkit/commerce'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, userActor } from '@kaibo/testkit/people'
import { createStage } from '@kaibo/testkit/stage'
import { beforeEach, expect, test } from 'vitest'
import type { LiveCallback, MediaEvent } from '../provider.ts'

const { database, connect } = await testDatabase()
const market = createMarket(database)
const { live, provider, newSession } = createStage(database, market)
const elsewhere = createStage(connect(), market, { provider }).live

beforeEach(() => {
  const caps = { gate: 'asked', snapshot: false }
  Object.assign(provider, { isDown: false, asked: [], callback: null, onAirIds: new Set(), caps })
})

const request = { headers: {}, query: {}, rawBody: new Uint8Array() }
const ago = (sec: number) => new Date(Date.now() - sec * 1_000).toISOString()
const eventOf = (streamId: string, type: MediaEvent['type'], at: string): MediaEvent => ({
  id: newId(),
  streamId,
  type,
  at,
})
const saying = (callback: Partial<LiveCallback>): LiveCallback => ({
  publisher: null,
  events: [],
  answer: isAllowed => ({ status: isAllowed ? 200 : 403, contentType: 'text/plain', body: '' }),
  ...callback,
})
const send = (callback: Partial<LiveCallback>, by = live) => {
  provider.callback = saying(callback)
  return by.takeCallback('fake', request)
}
const stateOf = async (id: string) => (await live.handlers.room(ctxOf(userActor()), { id })).state

test('what the vendor in use did not send is as unknown as an address that is not there', async () => {
  const unknown = { code: 'request.not_found' }
  await expect(live.takeCallback('fake', request)).rejects.toMatchObject(unknown)
  provider.callback = saying({})
  await expect(live.takeCallback('another', request)).rejects.toMatchObject(unknown)
  expect(await live.takeCallback('fake', request)).toMatchObject({ status: 200 })
})

test('an event that arrives again, in any process, moves nothing again', async () => {
  const { id } = await newSession(await market.newShop())
  const [start, end] = [eventOf(id, 'publish_start', ago(60)), eventOf(id, 'publish_end', ago(50))]
  provider.callback = saying({ events: [start] })
  const takers = [live, elsewhere, live]
  await Promise.all(takers.map(by => by.takeCallback('fake', request)))
  expect(await stateOf(id)).toBe('live')
  await send({ events: [end] })
  await send({ events: [start] }, elsewhere)
  expect(await stateOf(id)).toBe('away')
})

test('an end that comes after a later start changes nothing', async () => {
  const { id } = await newSession(await market.newShop())
  await send({ events: [eventOf(id, 'publish_start', ago(90))] })
  await send({ events: [eventOf(id, 'publish_start', ago(60))] })
  await send({ events: [eventOf(id, 'publish_end', ago(70))] })
  expect(await stateOf(id)).toBe('live')
  await send({ events: [eventOf(id, 'publish_end', ago(50))] })
  expect(await stateOf(id)).toBe('away')
})

test('a publisher comes in with the key of the stream and no other', async () => {
  const [mine, other] = [
    await newSession(await market.newShop()),
    await newSession(await market.newShop()),
  ]
  const events = [eventOf(mine.id, 'publish_start', ago(40))]
  const asking = (key: string) => send({ publisher: { streamId: mine.id, key }, events })
  for (const key of ['', 'sk_x', other.streamKey])
    expect(await asking(key)).toMatchObject({ status: 403 })
  expect([await stateOf(mine.id), provider.asked]).toEqual(['ready', []])
  expect(await asking(mine.streamKey)).toMatchObject({ status: 200 })
  expect(await stateOf(mine.id)).toBe('live')
})

test('where the vendor lets publishers in by itself, one with a bad key is cut', async () => {
  const { id } = await newSession(await market.newShop())
  Object.assign(provider, { caps: { gate: 'signed', snapshot: false } })
  const asking = { publisher: { streamId: id, key: 'sk_old' }, events: [] }
  expect(await send(asking)).toMatchObject({ status: 403 })
  expect(provider.asked).toEqual([`kick ${id}`])
  provider.isDown = true
  await expect(send(asking)).rejects.toThrow('down')
})

test('what the provider does about a callback is done after its events, and again when it failed', async () => {
  const { id } = await newSession(await market.newShop())
  const seen: string[] = []
  const events = [eventOf(id, 'publish_start', ago(40))]
  const failing = async () => {
    seen.push(await stateOf(id))
    throw new Error('not yet')
  }
  await expect(send({ events, follow: failing })).rejects.toThrow('not yet')
  await send({ events, follow: async () => void seen.push('done') })
  expect(seen).toEqual(['live', 'done'])
})

test('a list of streams that is older than the last callback moves nothing', async () => {
  const [fresh, known] = [
    await newSession(await market.newShop()),
    await newSession(await market.newShop()),
  ]
  await send({ events: [eventOf(fresh.id, 'publish_start', ago(1))] })
  await send({ events: [eventOf(known.id, 'publish_start', ago(60))] })
  await live.reconcile()
  expect([await stateOf(fresh.id), await stateOf(known.id)]).toEqual(['live', 'away'])
})
