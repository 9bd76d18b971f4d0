import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import { QueryError } from '../../shell/query-error.tsx'

/** Who answered a closed quiz right, the fastest first; asked for when it is opened. */
export function PollRanking({ liveId, pollId }: { liveId: string; pollId: string }) {
  const t = useT()
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  const ranking = useQueryOf(
    ['poll-ranking', pollId],
    () => api.poll.ranking({ id: liveId, pollId }),
    { enabled: isOpen },
  )
  const items = ranking.data?.items
  return (
    <details className="poll-ranking" onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{t('polls.ranking')}</summary>
      {!items && ranking.error && <QueryError of={ranking} />}
      {items?.length === 0 && <p className="k-muted">{t('polls.nobodyRight')}</p>}
      <ol className="k-num">
        {items?.map(({ rank, person, elapsedMs }) => (
          <li key={person.id}>
            <b>{rank}</b> {person.nickname}{' '}
            <span className="k-muted">
              {t('health.sec', { sec: format.number(Math.round(elapsedMs / 10) / 100) })}
            </span>
          </li>
        ))}
      </ol>
    </details>
  )
}
