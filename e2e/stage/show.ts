import { expect } from 'vitest'
import type { Caller } from './api.ts'
import { startEncoder } from './encoder.ts'

type Wishes = {
  title: string
  latency?: 'standard' | 'low' | 'realtime'
  ladder?: 'none' | 'light' | 'full'
  picture?: Parameters<typeof startEncoder>[1]
}

export type Show = {
  readonly id: string
  /** The path of the session for its host. */
  readonly room: string
  readonly encoder: ReturnType<typeof startEncoder>
  /** Another encoder with the same key. */
  again(): ReturnType<typeof startEncoder>
}

/** A show that is on air, made over the API, where how a host begins is not what is told. */
export async function goOnAir(host: Caller, { picture, ...wishes }: Wishes): Promise<Show> {
  const sessions = `/shops/${host.me.shops[0]?.id}/live`
  const id = crypto.randomUUID()
  const wanted = { id, category: 'home', coverFileId: null, ...wishes }
  const { ingest } = await host.call('POST', sessions, wanted)
  const { rtmpUrl, streamKey } = ingest as { rtmpUrl: string; streamKey: string }
  const address = `${rtmpUrl.replace('localhost', '127.0.0.1')}/${streamKey}`
  const again = () => startEncoder(address, picture)
  const encoder = again()
  const state = async () => (await host.call('GET', `/live/${id}`)).state
  await expect.poll(state, { timeout: 120_000, interval: 300 }).toBe('live')
  return { id, room: `${sessions}/${id}`, encoder, again }
}
