import type { Story } from '@kaibo/contract/show/story'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { Picture } from '../goods/product-tile.tsx'
import './story.css'
import { useStories } from './use-stories.ts'

type StorySheetProps = {
  liveId: string
  open: boolean
  onClose: () => void
  onBuy: (productId: string) => void
}

/** Stories and comparisons, to read while the video goes on. */
export function StorySheet({ liveId, open, onClose, onBuy }: StorySheetProps) {
  const t = useT()
  const stories = useStories(liveId)
  return (
    <Sheet open={open} onClose={onClose} title={t('story.title')} theme="paper" side="end" tall>
      {stories.length === 0 && <Empty icon="image" title={t('story.none')} />}
      <div className="stories">
        {stories.map(story => (
          <article key={story.id}>
            <h3>{story.title}</h3>
            {story.text && <p className="story-text">{story.text}</p>}
            {story.kind === 'story' ? (
              story.pictures.map(({ fileId, url }) => (
                <img key={fileId} src={url} alt="" loading="lazy" />
              ))
            ) : (
              <Comparison story={story} onBuy={onBuy} />
            )}
          </article>
        ))}
      </div>
    </Sheet>
  )
}

type ComparisonProps = {
  story: Extract<Story, { kind: 'comparison' }>
  onBuy: (productId: string) => void
}

/** The table scrolls in its own box: narrow screens keep the names of the rows in view. */
function Comparison({ story: { title, products, rows }, onBuy }: ComparisonProps) {
  const t = useT()
  return (
    <section className="comparison" aria-label={title} {...scrollStop}>
      <table>
        <thead>
          <tr>
            <td />
            {products.map(({ productId, product }) => (
              <th key={productId} scope="col">
                {product ? (
                  <>
                    <span className="comparison-picture">
                      <Picture url={product.pictureUrl} />
                    </span>
                    <span className="k-clamp">{product.title}</span>
                    <Button
                      size="s"
                      tone="primary"
                      disabled={product.state !== 'on_shelf' || product.available <= 0}
                      onClick={() => onBuy(productId)}
                    >
                      {t('story.look')}
                    </Button>
                  </>
                ) : (
                  t('bag.off')
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, cells }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {products.map(({ productId }, index) => (
                <td key={productId}>{cells[index]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Not every browser lets the keyboard into a scrolling box by itself. */
const scrollStop = { tabIndex: 0 }
