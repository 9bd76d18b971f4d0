import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isId } from '@kaibo/kernel/ids'
import { signPlay } from '@kaibo/media/play-token'
import { replayTokenOf } from '@kaibo/media/record/replay-token'
import type { RecordingSpool } from '@kaibo/modules/recording'
import { Type } from 'typebox'
import { Value } from 'typebox/value'

export type RecordEmbeddedNeeds = {
  /** Shared with the media process: bearer of calls, key of addresses. */
  readonly secret: string
  /** Where this server reaches the media process. */
  readonly controlUrl: string
  /** Where players reach the media process, for a page that was reached at `host`. */
  originOf(host: string): string
  /** Where it records; on this machine's disk, or a shared one, files are read without asking it. */
  readonly directory: string
}

const Piece = Type.Object({
  number: Type.Integer(),
  initNumber: Type.Integer(),
  startedAt: Type.String(),
  durationMs: Type.Integer(),
  bytes: Type.Integer(),
  sha256: Type.String(),
})
const Folder = Type.Object({
  name: Type.String(),
  isOpen: Type.Boolean(),
  pieces: Type.Array(Piece),
})
const Shelf = Type.Object({
  disk: Type.Object({
    state: Type.Union([Type.Literal('ok'), Type.Literal('low'), Type.Literal('full')]),
    freeBytes: Type.Number(),
    totalBytes: Type.Number(),
  }),
  streams: Type.Array(Type.Object({ streamId: Type.String() })),
})

const timeoutMs = 10_000
/** An address that this server uses at once. */
const ownAddressMs = 60_000

/** Our own media process as {@link RecordingSpool}. */
export function createRecordEmbedded(needs: RecordEmbeddedNeeds): RecordingSpool {
  const ask = async (path: string, init: { method?: 'DELETE' } = {}) => {
    const response = await fetch(new URL(path, needs.controlUrl), {
      ...init,
      headers: { authorization: `Bearer ${needs.secret}` },
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (!response.ok && response.status !== 404) {
      throw new Error(`media process: status ${response.status}`)
    }
    return response
  }
  const shelf = async () => Value.Parse(Shelf, await (await ask('/control/recordings')).json())
  const addressOf = (origin: string, { key, expiresAt }: { key: string; expiresAt: Date }) => {
    const streamId = replayTokenOf(key.split('/')[0] ?? '')
    const expSec = Math.floor(expiresAt.getTime() / 1_000)
    return `${origin}/replay/${key}?t=${signPlay(needs.secret, { streamId, expSec })}`
  }
  return {
    async find(streamId) {
      const response = await ask(`/control/recordings/${streamId}`)
      return response.status === 404 ? null : Value.Parse(Folder, await response.json())
    },
    streamIds: async () => (await shelf()).streams.map(({ streamId }) => streamId).filter(isId),
    disk: async () => (await shelf()).disk,
    async get(key) {
      const expiresAt = new Date(Date.now() + ownAddressMs)
      const response = await ask(addressOf(needs.controlUrl, { key, expiresAt }))
      return response.status === 404 ? null : new Uint8Array(await response.arrayBuffer())
    },
    pathOf(key) {
      const path = join(needs.directory, key)
      return existsSync(path) ? path : null
    },
    async remove(key) {
      await ask(`/control/recordings/${key}`, { method: 'DELETE' })
    },
    urlOf: (key, { host, expiresAt }) => addressOf(needs.originOf(host), { key, expiresAt }),
  }
}
