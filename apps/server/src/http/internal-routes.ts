import { timingSafeEqual } from 'node:crypto'
import { fail } from '@kaibo/contract/core/fail'
import type { Live } from '@kaibo/modules/live'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'

const Authorize = Type.Object({
  key: Type.String({ maxLength: 200 }),
  ip: Type.String({ maxLength: 64 }),
})
const Events = Type.Object({
  events: Type.Array(
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      streamId: Type.String({ format: 'uuid' }),
      type: Type.String({ enum: ['publish_start', 'publish_end', 'resume', 'ended', 'error'] }),
      at: Type.String(),
      reason: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    { maxItems: 100 },
  ),
})

export type InternalNeeds = {
  live: Pick<Live, 'authorizePublish' | 'mediaEvents'>
  /** Shared with the media process. */
  mediaSecret: string
}

/** What the media process asks and tells; nobody else knows the secret. */
export function registerInternal(app: FastifyInstance, { live, mediaSecret }: InternalNeeds): void {
  const expected = Buffer.from(`Bearer ${mediaSecret}`)
  const onlyMedia = async (request: FastifyRequest) => {
    const given = Buffer.from(request.headers.authorization ?? '')
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw fail('request.not_found')
  }
  app.post<{ Body: Type.Static<typeof Authorize> }>(
    '/internal/media/authorize',
    { preParsing: onlyMedia, schema: { body: Authorize } },
    ({ body }) => live.authorizePublish(body),
  )
  app.post<{ Body: Type.Static<typeof Events> }>(
    '/internal/media/events',
    { preParsing: onlyMedia, schema: { body: Events } },
    async ({ body }) => {
      await live.mediaEvents(body.events.flatMap(known))
      return { ok: true }
    },
  )
}

const types = ['publish_start', 'publish_end', 'resume', 'ended', 'error'] as const

function known(event: Type.Static<typeof Events>['events'][number]) {
  const type = types.find(candidate => candidate === event.type)
  return type ? [{ ...event, type }] : []
}
