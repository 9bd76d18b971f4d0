import { fail } from '@kaibo/contract/core/fail'
import { once } from '@kaibo/db/outbox'
import { advance } from '../life.ts'
import type { LiveNeeds } from '../needs.ts'
import type { PublishTickets } from '../proof/publish-ticket.ts'
import type { CallbackAnswer, CallbackRequest, MediaEvent, Publisher } from '../provider.ts'
import { eventSteps } from '../rules.ts'
import { authorizePublish } from '../stream.ts'
import { isNews } from './told.ts'

type Needs = LiveNeeds & { tickets: PublishTickets }

/**
 * What the vendor `kind` sent: its events move sessions once each, however often and in whatever
 * order they come, and a publisher whose key is not good is refused or cut. Answers with what the
 * vendor waits for. Throws `request.not_found` for what the vendor in use did not send; any other
 * failure makes the vendor send it again.
 */
export async function takeCallback(
  needs: Needs,
  kind: string,
  request: CallbackRequest,
): Promise<CallbackAnswer> {
  const { provider } = needs
  const callback = provider.kind === kind ? await provider.verifyCallback?.(request) : null
  if (!callback) throw fail('request.not_found')
  const { publisher, events } = callback
  const isAllowed = publisher === null || (await isWelcome(needs, publisher))
  if (isAllowed) {
    for (const event of events) await takeTold(needs, event)
    await callback.follow?.()
  } else if (provider.caps.gate === 'signed') await provider.kick(publisher.streamId, 'unknown_key')
  return callback.answer(isAllowed)
}

async function isWelcome(needs: Needs, { streamId, key }: Publisher): Promise<boolean> {
  const verdict = await authorizePublish(needs, { key })
  return verdict.ok && verdict.streamId === streamId
}

/** One event of a stream: once, and only if nothing later was told of it. */
const takeTold = ({ database, provider }: LiveNeeds, event: MediaEvent): Promise<unknown> =>
  database.tx(tx =>
    once(tx, `media:${provider.kind}:${event.id}`, async () => {
      const step = eventSteps[event.type]
      if (step && (await isNews(tx, event))) await advance(tx, [event.streamId], step)
    }),
  )
