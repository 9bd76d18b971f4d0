import { IconButton } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useSignedIn } from '../sign-in/sheet.tsx'
import './favourite.css'

type FavouriteButtonProps = { productId: string; title: string }

/** Keeps a product or lets it go; the heart answers at once. */
export function FavouriteButton({ productId, title }: FavouriteButtonProps) {
  const t = useT()
  const { user } = useMe()
  const cache = useQueryClient()
  const whenSignedIn = useSignedIn()
  const key = ['favourites', 'state', productId]
  const query = useQueryOf(key, () => api.favourite.state({ productId }), {
    enabled: Boolean(user),
  })
  const isKept = Boolean(user) && query.data?.isFavourite === true
  const show = (isFavourite: boolean) => cache.setQueryData(key, { isFavourite })
  const toggle = useActionOf(
    (keeps: boolean) =>
      keeps ? api.favourite.add({ productId }) : api.favourite.remove({ productId }),
    {
      refresh: [['favourites']],
      onDone: (_, keeps) => toast.show(t(keeps ? 'favourite.kept' : 'favourite.dropped')),
      onRefused: (_, keeps) => {
        show(!keeps)
        return false
      },
    },
  )
  const press = () => {
    show(!isKept)
    toggle.run(!isKept)
  }
  return (
    <span className="favourite-button" data-kept={isKept || undefined}>
      <IconButton
        icon="heart"
        label={t(isKept ? 'favourite.dropIt' : 'favourite.keepIt', { title })}
        aria-pressed={isKept}
        onClick={() => whenSignedIn(press)}
      />
    </span>
  )
}
