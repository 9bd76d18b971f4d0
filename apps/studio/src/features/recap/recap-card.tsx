import type { LiveSession, Recap } from '@kaibo/contract/show/live'
import { Price } from '@kaibo/ui/display/price.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import type { ReactNode } from 'react'
import { Cover } from '../sessions/cover.tsx'
import { averageOrderFen, timelineOf } from './model.ts'
import { RecapPolls } from './recap-polls.tsx'
import { Timeline } from './timeline.tsx'

type RecapCardProps = { shopName: string; session: LiveSession; recap: Recap }

/** The whole show on one sheet, made to be kept as a picture. */
export function RecapCard({ shopName, session, recap }: RecapCardProps) {
  const t = useT()
  const format = useFormat()
  const averageFen = averageOrderFen(recap)
  return (
    <article className="recap" aria-label={t('recap.of', { title: session.title })}>
      <header className="recap-head" data-theme="room">
        {session.coverUrl && <img className="recap-back" src={session.coverUrl} alt="" />}
        {session.coverUrl && <Cover of={session} />}
        <div className="recap-words">
          <p>
            {shopName} · {t(`category.${session.category}`)}
          </p>
          <h2 className="k-clamp" style={{ '--lines': 3 }}>
            {session.title}
          </h2>
          <p className="k-num">{format.dateTime(session.startedAt ?? session.createdAt)}</p>
        </div>
      </header>
      <div className="recap-sales">
        <Fact name={t('recap.amount')} size="xl">
          <Price fen={recap.amountFen} size="xl" />
        </Fact>
        <Fact name={t('recap.orders')} size="xl">
          {format.count(recap.orderCount)}
        </Fact>
        {averageFen !== null && (
          <Fact name={t('recap.average')} size="xl">
            {format.fen(averageFen)}
          </Fact>
        )}
      </div>
      <div className="recap-facts">
        <Fact name={t('recap.duration')}>{format.duration(recap.durationSec * 1_000)}</Fact>
        <Fact name={t('recap.peak')}>{format.count(recap.peakOnlineCount)}</Fact>
        <Fact name={t('recap.comments')}>{format.count(recap.commentCount)}</Fact>
        <Fact name={t('recap.hearts')}>{format.count(recap.heartCount)}</Fact>
      </div>
      <Timeline items={timelineOf(recap, session)} durationSec={recap.durationSec} />
      <RecapPolls polls={recap.polls} />
      <footer className="recap-foot">Kaibo 开播</footer>
    </article>
  )
}

function Fact({ name, size, children }: { name: string; size?: 'xl'; children: ReactNode }) {
  return (
    <dl className="recap-fact k-num" data-size={size}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </dl>
  )
}
