import type { MyVote, Poll } from '@kaibo/contract/show/poll'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Countdown } from '@kaibo/ui/live/countdown.tsx'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useSignedIn } from '../sign-in/sheet.tsx'
import { optionsOf } from './model.ts'
import './poll.css'
import { myVotesKey, usePolls } from './use-polls.ts'

type PollSheetProps = { liveId: string; open: boolean; onClose: () => void }

/** Votes and quizzes of the room: the one that runs, and how the others ended. */
export function PollSheet({ liveId, open, onClose }: PollSheetProps) {
  const t = useT()
  const { polls, votes, offsetMs } = usePolls(liveId)
  return (
    <Sheet open={open} onClose={onClose} title={t('poll.title')} theme="paper" side="end">
      {polls.length === 0 && <Empty icon="poll" title={t('poll.none')} />}
      <ul className="polls">
        {polls.map(poll => (
          <PollCard
            key={poll.id}
            liveId={liveId}
            poll={poll}
            mine={votes.find(({ pollId }) => pollId === poll.id)}
            offsetMs={offsetMs}
          />
        ))}
      </ul>
    </Sheet>
  )
}

type PollCardProps = { liveId: string; poll: Poll; mine: MyVote | undefined; offsetMs: number }

function PollCard({ liveId, poll, mine, offsetMs }: PollCardProps) {
  const t = useT()
  const whenSignedIn = useSignedIn()
  const vote = useActionOf((option: number) => api.poll.vote({ liveId, pollId: poll.id, option }), {
    refresh: [myVotesKey(liveId)],
  })
  const isOpen = poll.state === 'open'
  const canVote = isOpen && !mine
  return (
    <li className="poll">
      <p className="poll-head">
        <Badge tone={isOpen ? 'accent' : 'plain'}>{t(`poll.${poll.kind}`)}</Badge>
        {isOpen && poll.closesAt && (
          <Countdown look="text" endsAtMs={Date.parse(poll.closesAt)} offsetMs={offsetMs} />
        )}
        <span className="k-muted">
          {isOpen ? '' : `${t('poll.over')} · `}
          {t('poll.voters', { count: poll.voterCount })}
        </span>
      </p>
      <h3>{poll.question}</h3>
      <ul className="poll-options">
        {optionsOf(poll, mine).map((option, index) => (
          <li
            key={option.text}
            data-mine={option.isMine}
            data-right={option.isRight}
            style={{ '--share': (canVote ? 0 : (option.percent ?? 0)) / 100 }}
          >
            {canVote ? (
              <Button wide busy={vote.busy} onClick={() => whenSignedIn(() => vote.run(index))}>
                {option.text}
              </Button>
            ) : (
              <p>
                <span>
                  {option.text}
                  {option.isRight && ` ✓ ${t('poll.right')}`}
                  {option.isMine && <small> {t('poll.mine')}</small>}
                </span>
                {option.percent !== null && <b className="k-num">{option.percent}%</b>}
              </p>
            )}
          </li>
        ))}
      </ul>
      {isOpen && mine && poll.kind === 'quiz' && <p className="k-muted">{t('poll.wait')}</p>}
      {poll.kind === 'quiz' && poll.state === 'closed' && (
        <Ranking liveId={liveId} pollId={poll.id} mine={mine} />
      )}
    </li>
  )
}

const shownMax = 10

/** Who was right, fastest first, and where I stand among them. */
function Ranking({
  liveId,
  pollId,
  mine,
}: Omit<PollCardProps, 'poll' | 'offsetMs'> & { pollId: string }) {
  const t = useT()
  const format = useFormat()
  const ranking = useQueryOf(['poll-ranking', pollId], () =>
    api.poll.ranking({ id: liveId, pollId }),
  )
  const items = ranking.data?.items.slice(0, shownMax) ?? []
  return (
    <>
      {mine?.isRight !== undefined && mine.isRight !== null && (
        <p role="status">
          {mine.isRight && mine.rank !== null
            ? t('poll.myRank', { rank: mine.rank })
            : t('poll.wrong')}
        </p>
      )}
      {items.length > 0 && (
        <ol className="poll-ranking" aria-label={t('poll.ranking')}>
          {items.map(({ rank, person, elapsedMs }) => (
            <li key={person.id}>
              <b className="k-num">{rank}</b>
              <span>{person.nickname}</span>
              <span className="k-num k-muted">
                {t('poll.seconds', { seconds: format.number(elapsedMs / 1_000) })}
              </span>
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
