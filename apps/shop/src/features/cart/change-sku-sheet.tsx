import type { Sku } from '@kaibo/contract/goods/catalog'
import type { CartLine } from '@kaibo/contract/trade/cart'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { SkuSheet } from '../checkout/sku-sheet.tsx'

type ChangeSkuSheetProps = {
  line: CartLine | null
  onClose: () => void
  onChange: (line: CartLine, to: Sku, quantity: number) => void
}

/** Another variant of what lies in the cart. */
export function ChangeSkuSheet({ line, onClose, onChange }: ChangeSkuSheetProps) {
  const t = useT()
  return (
    <SkuSheet
      asked={line}
      onClose={onClose}
      actions={chosen => (
        <Button
          tone="primary"
          size="l"
          wide
          disabled={!chosen}
          onClick={() => {
            if (line && chosen) onChange(line, chosen.sku, chosen.quantity)
            onClose()
          }}
        >
          {t('cart.take')}
        </Button>
      )}
    />
  )
}
