import { Price } from '@kaibo/ui/display/price.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import type { Chapter } from './model.ts'
import { useWords } from './words/use-words.ts'

type ChapterListProps = {
  chapters: readonly Chapter[]
  now: Chapter | undefined
  onChoose: (chapter: Chapter) => void
}

/** What was explained when: a table of contents that leads there. */
export function ChapterList({ chapters, now, onChoose }: ChapterListProps) {
  const words = useWords()
  const { duration } = useFormat()
  if (chapters.length === 0) return <p className="replay-none">{words('noChapters')}</p>
  return (
    <ol className="replay-chapters">
      {chapters.map(chapter => (
        <li key={chapter.id}>
          <button
            type="button"
            aria-current={chapter.id === now?.id}
            title={words('chapterAt', {
              at: duration(chapter.fromMs),
              title: chapter.title || words('goneProduct'),
            })}
            onClick={() => onChoose(chapter)}
          >
            <span className="bag-picture">
              {chapter.product.pictureUrl && (
                <img src={chapter.product.pictureUrl} alt="" loading="lazy" />
              )}
              {chapter.number > 0 && <span className="bag-number">{chapter.number}</span>}
            </span>
            <span className="replay-chapter-words">
              <strong className="k-clamp" style={{ '--lines': 1 }}>
                {chapter.title || words('goneProduct')}
              </strong>
              <span className="replay-chapter-at k-num">
                {duration(chapter.fromMs)} – {duration(chapter.toMs)}
              </span>
            </span>
            <Price fen={chapter.product.priceFromFen} size="s" />
          </button>
        </li>
      ))}
    </ol>
  )
}
