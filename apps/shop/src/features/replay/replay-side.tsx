import type { LiveRoom } from '@kaibo/contract/show/live'
import type { Bag } from '@kaibo/contract/show/showcase'
import type { ChatFeed } from '@kaibo/ui/live/chat-feed.ts'
import { ChatList } from '@kaibo/ui/live/chat-list.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { BagStrip } from '../bag/bag-strip.tsx'
import { ChatWords } from '../chat/chat-words.tsx'
import '../chat/chat.css'
import type { ChatLine } from '../chat/model.ts'
import { HighlightStrip } from '../highlight/highlight-strip.tsx'
import { ExplainCard } from '../room/cards/explain-card.tsx'
import type { useSales } from '../sale/use-sales.ts'
import { ChapterList } from './chapter-list.tsx'
import type { Chapter } from './model.ts'
import { useWords } from './words/use-words.ts'

type ReplaySideProps = {
  liveId: string
  room: LiveRoom
  chapters: readonly Chapter[]
  now: Chapter | undefined
  bag: Bag
  sale: ReturnType<typeof useSales>
  said: ChatFeed<ChatLine>
  onChoose: (chapter: Chapter) => void
  onBuy: (productId: string) => void
}

/** Below the picture, or beside it: what was said then, and what is explained now. */
export function ReplaySide(props: ReplaySideProps) {
  const { liveId, room, chapters, now, bag, sale, said, onChoose, onBuy } = props
  const words = useWords()
  const format = useFormat()
  return (
    <section className="room-side" aria-label={words('side')}>
      <h1 className="room-title k-clamp">{room.title}</h1>
      <p className="room-welcome">
        {words('of', { date: format.dateTime(room.startedAt ?? room.now) })}
      </p>
      <BagStrip bag={bag} sales={sale.sales} onBuy={onBuy} />
      <div className="replay-contents">
        <h2>{words('chapters')}</h2>
        <ChapterList chapters={chapters} now={now} onChoose={onChoose} />
      </div>
      <div className="replay-highlights">
        <HighlightStrip of={{ liveId }} />
      </div>
      <section className="room-talk" aria-label={words('said')}>
        <div className="room-chat">
          <ChatList feed={said} line={({ comment }) => <ChatWords comment={comment} />} />
        </div>
      </section>
      {now && (
        <ExplainCard
          key={now.id}
          card={{ item: { number: now.number, product: now.product }, since: now.id }}
          sale={sale}
          onBuy={onBuy}
        />
      )}
    </section>
  )
}
