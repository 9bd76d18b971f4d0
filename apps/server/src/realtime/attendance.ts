import { topics } from '@kaibo/contract/show/topics'
import type { Insights } from '@kaibo/modules/insight'
import type { Hearing, Identity } from '@kaibo/realtime/identity'

type MayHear = (identity: Identity, topic: string) => Hearing | Promise<Hearing>

const livePrefix = topics.live('')

/** Notes who is let into a room as a viewer. */
export function noting(mayHear: MayHear, insight: Pick<Insights, 'note'>): MayHear {
  const noteIf = (hearing: Hearing, { id: personId }: Identity, topic: string) => {
    const liveId = topic.slice(livePrefix.length)
    if (hearing === true) insight.note({ liveId, personId, isActive: false })
    return hearing
  }
  return (identity, topic) => {
    const answer = mayHear(identity, topic)
    if (!topic.startsWith(livePrefix)) return answer
    if (answer instanceof Promise) return answer.then(hearing => noteIf(hearing, identity, topic))
    return noteIf(answer, identity, topic)
  }
}
