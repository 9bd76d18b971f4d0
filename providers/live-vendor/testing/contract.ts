import { type Id, newId } from '@kaibo/kernel/ids'
import type { CallbackRequest, LiveProvider } from '@kaibo/modules/live'
import { beforeEach, expect, test } from 'vitest'

/** What a simulator lets a test do in the place of people and of the vendor. */
export type VendorStage = {
  readonly provider: LiveProvider
  /** The same, while the vendor cannot be reached. */
  readonly absent: LiveProvider
  /** Somebody begins to publish with what an encoder was given; answers with the callbacks about it. */
  publish(pushed: { id: Id; rtmpUrl: string; streamKey: string }): Promise<CallbackRequest[]>
  /** The publisher leaves. */
  leave(id: Id): Promise<CallbackRequest[]>
  /** Whether an address would be played by the vendor. */
  mayPlay(url: string): Promise<boolean>
}

const host = 'shop.example'
const secret = 'sk_0123456789abcdefghijABCDEFGHIJ01'

/** What every {@link LiveProvider} promises, whoever carries the picture. */
export function testLiveProvider(name: string, stage: VendorStage): void {
  const { provider, absent } = stage
  const pushKeyOf = async (id: Id, key = secret) => ({
    id,
    rtmpUrl: provider.rtmpUrl(host),
    ...(await provider.pushKey({ id, secret: key })),
  })
  let id: Id
  beforeEach(() => {
    id = newId()
  })
  const publish = async () => stage.publish(await pushKeyOf(id))

  test(`${name}: the address of encoders holds no key, and what stands beside it is for one stream`, async () => {
    const [mine, other] = [await pushKeyOf(id), await pushKeyOf(newId(), `${secret}2`)]
    expect(new URL(mine.rtmpUrl).protocol).toMatch(/^rtmps?:$/)
    expect(mine.rtmpUrl).not.toContain(id)
    expect(mine.streamKey).not.toBe(other.streamKey)
    if (mine.expiresAt !== null) expect(Date.parse(mine.expiresAt)).toBeGreaterThan(0)
  })

  test(`${name}: a stream is on air from its first picture until its publisher leaves`, async () => {
    expect(await provider.onAir()).not.toContain(id)
    await publish()
    expect(await provider.onAir()).toContain(id)
    expect(await provider.health(id)).toMatchObject({ state: 'live' })
    await stage.leave(id)
    expect(await provider.onAir()).not.toContain(id)
    expect(await provider.health(id)).toMatchObject({ state: 'offline', bitrateKbps: 0 })
  })

  test(`${name}: every play address is of an origin that pages may use, and is let in`, async () => {
    await publish()
    const origins = provider.pageOrigins(host)
    for (const latency of ['standard', 'low', 'realtime'] as const) {
      const { endpoints, expiresAt } = provider.play(id, { host, latency })
      expect(endpoints.length).toBeGreaterThan(0)
      expect(Date.parse(expiresAt)).toBeGreaterThan(0)
      for (const { url, expectedLatencyMs } of endpoints) {
        expect(origins).toContain(new URL(url).origin)
        expect(expectedLatencyMs).toBeGreaterThan(0)
        expect(await stage.mayPlay(url)).toBe(true)
      }
    }
  })

  test(`${name}: where browsers publish is of an origin that pages may use`, async () => {
    const { endpoints } = await provider.browserIngest(host, { id, ticket: 'pt_x' })
    for (const { url } of endpoints)
      expect(provider.pageOrigins(host)).toContain(new URL(url).origin)
  })

  test(`${name}: a play address of another stream, or without its signature, is refused`, async () => {
    await publish()
    const other = newId()
    await stage.publish(await pushKeyOf(other))
    for (const { url } of provider.play(id, { host, latency: 'low' }).endpoints) {
      expect(await stage.mayPlay(url.replaceAll(id, other))).toBe(false)
      expect(await stage.mayPlay(url.replace(/\?.*/, ''))).toBe(false)
    }
  })

  test(`${name}: play addresses hold nothing with which one could publish`, async () => {
    const { streamKey } = await pushKeyOf(id)
    const { endpoints } = provider.play(id, { host, latency: 'low' })
    const secrets = [secret, ...new URLSearchParams(streamKey.split('?')[1]).values()]
    for (const { url } of endpoints) for (const each of secrets) expect(url).not.toContain(each)
  })

  test(`${name}: a publisher who is cut is gone, and so is one whose stream ends`, async () => {
    for (const cut of [provider.kick, provider.end]) {
      await publish()
      await cut(id, 'key_renewed')
      expect(await provider.onAir()).not.toContain(id)
    }
  })

  test(`${name}: cutting somebody who is not there is no error`, async () => {
    await provider.kick(id, 'key_renewed')
    await provider.end(id)
  })

  test(`${name}: a vendor that cannot be reached says nothing, and a cut then fails`, async () => {
    expect(await absent.onAir()).toBeNull()
    expect(await absent.health(id)).toMatchObject({ state: 'offline' })
    expect(await absent.snapshot(id)).toBeNull()
    await expect(absent.kick(id, 'key_renewed')).rejects.toThrow()
    await expect(absent.end(id)).rejects.toThrow()
    expect(absent.play(id, { host, latency: 'low' }).endpoints.length).toBeGreaterThan(0)
  })
}

/** What the callbacks of a vendor that tells by itself promise. */
export function testLiveCallbacks(name: string, stage: VendorStage): void {
  const { provider } = stage
  const verify = async (request: CallbackRequest) =>
    (await provider.verifyCallback?.(request)) ?? null
  const told = async (requests: readonly CallbackRequest[]) => {
    const callbacks = await Promise.all(requests.map(verify))
    return {
      publishers: callbacks.flatMap(each => each?.publisher ?? []),
      events: callbacks.flatMap(each => each?.events ?? []),
    }
  }
  const publish = async (id: Id) =>
    stage.publish({
      id,
      rtmpUrl: provider.rtmpUrl(host),
      ...(await provider.pushKey({ id, secret })),
    })

  test(`${name}: who begins to publish is told with the key, and who leaves is told`, async () => {
    const id = newId()
    const begun = await told(await publish(id))
    expect(begun.publishers).toEqual([{ streamId: id, key: secret }])
    expect(begun.events).toMatchObject([{ streamId: id, type: 'publish_start' }])
    const left = await told(await stage.leave(id))
    expect(left.publishers).toEqual([])
    expect(left.events).toMatchObject([{ streamId: id, type: 'publish_end' }])
  })

  test(`${name}: the same callback again is the same event, another publish another one`, async () => {
    const id = newId()
    const [first, again] = [await publish(id), await stage.leave(id)]
    const second = await publish(id)
    const idsOf = async (requests: readonly CallbackRequest[]) =>
      (await told(requests)).events.map(event => event.id)
    expect(await idsOf(first)).toEqual(await idsOf(first))
    const all = [...(await idsOf(first)), ...(await idsOf(again)), ...(await idsOf(second))]
    expect(new Set(all).size).toBe(all.length)
  })

  test(`${name}: bytes that are no callback are refused`, async () => {
    const request = (text: string) => ({ headers: {}, query: {}, rawBody: Buffer.from(text) })
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '{}',
      '{"action":1}',
      '\u0000',
      '9'.repeat(500),
    ])
      expect(await verify(request(text))).toBeNull()
  })
}
