import type { Comment } from '@kaibo/contract/show/chat'
import { IconButton } from '@kaibo/ui/control/button.tsx'
import { Tabs } from '@kaibo/ui/control/tabs.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState, useSyncExternalStore } from 'react'
import { AppointDialog } from '../guard/appoint-dialog.tsx'
import { RoomSheet } from '../guard/room-sheet.tsx'
import { SanctionDialog } from '../guard/sanction-dialog.tsx'
import { Board } from './board.tsx'
import { CommentList } from './comment-list.tsx'
import './comments.css'
import { Composer } from './composer.tsx'
import type { Answering } from './model.ts'
import { NoticeLine } from './notice-line.tsx'
import { HeldList, QuestionList } from './queue-list.tsx'
import { RowActions } from './row-actions.tsx'
import { useCommentActions } from './use-comment-actions.ts'
import type { CommentsState } from './use-comments.ts'

type CommentsPanelProps = {
  shopId: string
  liveId: string
  state: CommentsState
  /** The session has ended: to look at only. */
  isLocked: boolean
}

type View = 'all' | 'questions' | 'held'

/** What viewers say, what they ask, what waits for a decision, and order in the room. */
export function CommentsPanel({ shopId, liveId, state, isLocked }: CommentsPanelProps) {
  const t = useT()
  const [view, setView] = useState<View>('all')
  const [answering, setAnswering] = useState<Answering | null>(null)
  const [accused, setAccused] = useState<Comment | null>(null)
  const [chosen, setChosen] = useState<Comment | null>(null)
  const [isOrdering, setOrdering] = useState(false)
  const items = useSyncExternalStore(state.store.subscribe, state.store.items)
  const actions = useCommentActions({ shopId, liveId, state })
  const row = {
    state,
    actions,
    onReply: setAnswering,
    onSanction: setAccused,
    onAppoint: setChosen,
  }
  return (
    <section className="desk-panel comments-panel" aria-label={t('comments.title')}>
      <PanelHead state={state} view={view} onView={setView} onOrder={() => setOrdering(true)} />
      <Board state={state} actions={actions} />
      {view === 'all' && (
        <CommentList
          items={items}
          isLoaded={state.isLoaded}
          actions={comment => <RowActions {...row} comment={comment} />}
        />
      )}
      {view === 'questions' && <QuestionList {...row} />}
      {view === 'held' && <HeldList {...row} />}
      {view === 'all' && <NoticeLine notice={state.notice} />}
      {!isLocked && (
        <Composer
          liveId={liveId}
          state={state}
          answering={answering}
          onAnswered={() => setAnswering(null)}
        />
      )}
      <SanctionDialog
        shopId={shopId}
        liveId={liveId}
        comment={accused}
        onClose={() => setAccused(null)}
        onDone={removedOf => {
          const gone = items.filter(({ author }) => author.id === removedOf).map(({ id }) => id)
          state.store.remove(gone)
        }}
      />
      <AppointDialog
        shopId={shopId}
        person={chosen?.author ?? null}
        onClose={() => setChosen(null)}
      />
      <RoomSheet
        shopId={shopId}
        liveId={liveId}
        state={state}
        open={isOrdering}
        onClose={() => setOrdering(false)}
      />
    </section>
  )
}

type PanelHeadProps = {
  state: CommentsState
  view: View
  onView: (view: View) => void
  onOrder: () => void
}

/** What is shown below, with how much waits; moderators also set the rules of the room. */
function PanelHead({ state, view, onView, onOrder }: PanelHeadProps) {
  const t = useT()
  const { keeper, questions, held } = state
  const tabs = [
    { id: 'all', label: t('comments.all') },
    { id: 'questions', label: t('comments.questions'), count: questions.data?.waitingCount },
    { id: 'held', label: t('comments.held'), count: held.data?.waitingCount },
  ] as const
  return (
    <header className="comments-head">
      {keeper.moderates ? (
        <Tabs label={t('comments.filter')} tabs={tabs} value={view} onChange={onView} />
      ) : (
        <h2>{t('comments.title')}</h2>
      )}
      {keeper.moderates && <IconButton icon="settings" label={t('guard.room')} onClick={onOrder} />}
    </header>
  )
}
