import type { Bag } from '@kaibo/contract/show/showcase'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useCode } from '../../shell/use-code.ts'
import { BagSheet } from '../bag/bag-sheet.tsx'
import type { Buying } from '../checkout/buy-sheets.tsx'
import { HighlightStrip } from '../highlight/highlight-strip.tsx'
import type { useSales } from '../sale/use-sales.ts'
import { ChapterList } from './chapter-list.tsx'
import type { Chapter } from './model.ts'
import { useWords } from './words/use-words.ts'

const fetchBuySheets = async () => (await import('../checkout/buy-sheets.tsx')).BuySheets

export type Opened = 'bag' | 'chapters' | null

type ReplaySheetsProps = {
  liveId: string
  opened: Opened
  onClose: () => void
  bag: Bag
  sale: ReturnType<typeof useSales>
  chapters: readonly Chapter[]
  now: Chapter | undefined
  onChoose: (chapter: Chapter) => void
  buying: Buying | null
  onBuying: (buying: Buying | null) => void
}

/** The bag, the chapters, and buying, over the picture: it goes on meanwhile. */
export function ReplaySheets(props: ReplaySheetsProps) {
  const { liveId, opened, onClose, bag, sale, chapters, now, onChoose, buying, onBuying } = props
  const words = useWords()
  const BuySheets = useCode(fetchBuySheets, buying ? 'now' : 'soon')
  return (
    <>
      <BagSheet
        open={opened === 'bag'}
        onClose={onClose}
        bag={{ data: bag, error: null, refetch: () => {} }}
        sale={sale}
        onBuy={productId => onBuying({ productId })}
      />
      <Sheet
        open={opened === 'chapters'}
        onClose={onClose}
        title={words('chaptersCount', { count: chapters.length })}
        theme="paper"
        side="end"
      >
        <div className="k-stack">
          <ChapterList
            chapters={chapters}
            now={now}
            onChoose={chapter => {
              onClose()
              onChoose(chapter)
            }}
          />
          <HighlightStrip of={{ liveId }} />
        </div>
      </Sheet>
      {BuySheets && (
        <BuySheets
          buying={buying}
          onBuying={onBuying}
          source={{ kind: 'video', id: liveId }}
          onPlaced={onClose}
        />
      )}
    </>
  )
}
