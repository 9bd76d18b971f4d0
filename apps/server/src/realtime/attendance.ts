import { topics } from '@kaibo/contract/show/topics'
import type { Insights } from '@kaibo/modules/insight'
import type { Identity } from '@kaibo/realtime/identity'

type MayHear = (identity: Identity, topic: string) => boolean | Promise<boolean>

const livePrefix = topics.live('')

/** Notes who is let into a room. */
export function noting(mayHear: MayHear, insight: Pick<Insights, 'note'>): MayHear {
  const noteIf = (isIn: boolean, { id: personId }: Identity, topic: string) => {
    const liveId = topic.slice(livePrefix.length)
    if (isIn) insight.note({ liveId, personId, isActive: false })
    return isIn
  }
  return (identity, topic) => {
    const answer = mayHear(identity, topic)
    if (!topic.startsWith(livePrefix)) return answer
    if (typeof answer === 'boolean') return noteIf(answer, identity, topic)
    return answer.then(isIn => noteIf(isIn, identity, topic))
  }
}
