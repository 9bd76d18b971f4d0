import type { Poll } from '@kaibo/contract/show/poll'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Countdown } from '@kaibo/ui/live/countdown.tsx'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { useState } from 'react'
import { RecordedAs } from '../guard/recorded-as.tsx'
import { PollRanking } from './poll-ranking.tsx'
import { Tally } from './tally.tsx'

type PollCardProps = {
  liveId: string
  poll: Poll
  /** Server time minus device time. */
  offsetMs: number
  isLocked: boolean
  /** No other poll of the room is open. */
  canOpen: boolean
  busy: boolean
  onOpen: () => void
  onClose: () => void
  onDrop: () => void
}

const tones = { ready: 'info', open: 'success', closed: 'plain' } as const

/** One poll: its question, how people vote, and what the desk can do with it. */
export function PollCard(props: PollCardProps) {
  const { liveId, poll, offsetMs, isLocked, canOpen, busy } = props
  const t = useT()
  const [isAsking, setAsking] = useState(false)
  const { kind, question, state, closesAt, voterCount } = poll
  return (
    <li className="poll" data-state={state}>
      <header className="poll-head">
        <Badge tone={tones[state]}>{t(`polls.state.${state}`)}</Badge>
        <h3 className="k-clamp" title={question}>
          {t(`polls.kind.${kind}`)} · {question}
        </h3>
        {state === 'open' && closesAt && (
          <Countdown endsAtMs={Date.parse(closesAt)} offsetMs={offsetMs} look="text" />
        )}
        {!isLocked && state === 'ready' && (
          <>
            <Button size="s" tone="primary" disabled={!canOpen} busy={busy} onClick={props.onOpen}>
              {t('polls.open', { count: poll.windowSec })}
            </Button>
            <Button size="s" busy={busy} onClick={props.onDrop}>
              {t('polls.drop')}
            </Button>
          </>
        )}
        {!isLocked && state === 'open' && (
          <Button size="s" busy={busy} onClick={() => setAsking(true)}>
            {t('polls.close')}
          </Button>
        )}
      </header>
      <Tally poll={poll} />
      {state !== 'ready' && (
        <small className="k-muted k-num">{t('polls.voters', { count: voterCount })}</small>
      )}
      {kind === 'quiz' && state === 'closed' && <PollRanking liveId={liveId} pollId={poll.id} />}
      <Dialog
        open={isAsking && state === 'open'}
        onClose={() => setAsking(false)}
        onConfirm={props.onClose}
        busy={busy}
        tone="danger"
        title={t('polls.closeTitle')}
        confirmLabel={t('polls.close')}
      >
        <p>{t('polls.closeBody')}</p>
        <RecordedAs />
      </Dialog>
    </li>
  )
}
