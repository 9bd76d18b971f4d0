import type { Recap } from '@kaibo/contract/show/live'
import { useT } from '@kaibo/ui/i18n.ts'
import { Tally } from '../polls/tally.tsx'

/** What the room was asked and what it answered. */
export function RecapPolls({ polls }: Pick<Recap, 'polls'>) {
  const t = useT()
  if (polls.length === 0) return null
  return (
    <section className="recap-polls">
      <h3>{t('dock.polls')}</h3>
      {polls.map(poll => (
        <div key={poll.id}>
          <h4>
            {poll.question}{' '}
            <small className="k-muted k-num">{t('polls.voters', { count: poll.voterCount })}</small>
          </h4>
          <Tally poll={poll} />
        </div>
      ))}
    </section>
  )
}
