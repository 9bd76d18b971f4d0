import { timingSafeEqual } from 'node:crypto'
import { fail } from '@kaibo/contract/core/fail'
import type { Database } from '@kaibo/db/database'
import type { Live } from '@kaibo/modules/live'
import type { Recordings } from '@kaibo/modules/recording'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'

const Authorize = Type.Object({
  key: Type.String({ maxLength: 200 }),
  ip: Type.String({ maxLength: 64 }),
})
/** A piece of a recording. */
const Recorded = Type.Object({
  folder: Type.String({ pattern: '^[0-9a-f]{32}$' }),
  number: Type.Integer({ minimum: 0, maximum: 999_999 }),
  initNumber: Type.Integer({ minimum: 0, maximum: 9_999 }),
  startedAt: Type.String({ format: 'date-time' }),
  durationMs: Type.Integer({ minimum: 0 }),
  bytes: Type.Integer({ minimum: 0 }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
})
const Events = Type.Object({
  events: Type.Array(
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      streamId: Type.String({ format: 'uuid' }),
      type: Type.String({
        enum: ['publish_start', 'publish_end', 'resume', 'ended', 'error', 'recorded'],
      }),
      at: Type.String(),
      reason: Type.Optional(Type.String({ maxLength: 200 })),
      data: Type.Optional(Recorded),
    }),
    { maxItems: 100 },
  ),
})

export type InternalNeeds = {
  database: Database
  live: Pick<Live, 'authorizePublish' | 'mediaEvents'>
  recording: Pick<Recordings, 'pieceTold' | 'records'>
  /** Shared with the media process. */
  mediaSecret: string
  /** False when somebody else carries the picture: then nobody publishes here. */
  comesHere: boolean
}

/** What the media process asks and tells; nobody else knows the secret. */
export function registerInternal(app: FastifyInstance, needs: InternalNeeds): void {
  const { database, live, recording, mediaSecret, comesHere } = needs
  const expected = Buffer.from(`Bearer ${mediaSecret}`)
  const onlyMedia = async (request: FastifyRequest) => {
    const given = Buffer.from(request.headers.authorization ?? '')
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw fail('request.not_found')
  }
  app.post<{ Body: Type.Static<typeof Authorize> }>(
    '/internal/media/authorize',
    { preParsing: onlyMedia, schema: { body: Authorize } },
    async ({ body }) => {
      if (!comesHere) return { ok: false, reason: 'unknown_key' }
      const verdict = await live.authorizePublish(body)
      if (!verdict.ok) return verdict
      return { ...verdict, records: await recording.records(database.db, verdict.streamId) }
    },
  )
  app.post<{ Body: Type.Static<typeof Events> }>(
    '/internal/media/events',
    { preParsing: onlyMedia, schema: { body: Events } },
    async ({ body }) => {
      await live.mediaEvents(body.events.flatMap(known))
      for (const { streamId: liveId, data } of body.events) {
        if (data) await recording.pieceTold({ liveId, ...data })
      }
      return { ok: true }
    },
  )
}

const types = ['publish_start', 'publish_end', 'resume', 'ended', 'error'] as const

function known(event: Type.Static<typeof Events>['events'][number]) {
  const type = types.find(candidate => candidate === event.type)
  return type ? [{ ...event, type }] : []
}
