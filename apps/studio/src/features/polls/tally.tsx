import type { Poll } from '@kaibo/contract/show/poll'
import { useT } from '@kaibo/ui/i18n.ts'
import { sharesOf } from './model.ts'
import './polls.css'

/** The options of a poll with their votes; the right one of a quiz is named. */
export function Tally({ poll }: { poll: Poll }) {
  const t = useT()
  const shares = sharesOf(poll)
  return (
    <ol className="poll-options k-num">
      {poll.options.map((option, place) => (
        <li
          key={option}
          data-right={poll.rightOption === place || undefined}
          style={{ '--share': `${shares?.[place] ?? 0}%` }}
        >
          <span>
            {option}
            {poll.rightOption === place && ` · ${t('polls.right')}`}
          </span>
          {shares && poll.state !== 'ready' && (
            <span>
              {t('polls.share', { count: poll.counts?.[place] ?? 0, share: shares[place] })}
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}
