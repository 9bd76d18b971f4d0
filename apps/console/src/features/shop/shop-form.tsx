import type { Shop } from '@kaibo/contract/people/shop'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextareaField, TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useState } from 'react'
import { fileIdsOf } from '../pictures/model.ts'
import { PicturesField } from '../pictures/pictures-field.tsx'
import { usePictures } from '../pictures/use-pictures.ts'
import { introMax, nameMax, nameProblem, shopChange } from './model.ts'
import './shop.css'

export function ShopForm({ shop }: { shop: Shop }) {
  const t = useT()
  const [name, setName] = useState(shop.name)
  const [intro, setIntro] = useState(shop.intro)
  const [problem, setProblem] = useState<string>()
  const logo = usePictures(shop.logoUrl ? [shop.logoUrl] : [], 1)
  const change = shopChange(shop, { name, intro, logoFileId: fileIdsOf(logo.list)[0] })
  const save = useActionOf(() => api.shop.update({ shopId: shop.id, ...change }), {
    refresh: [['shop', shop.id, 'profile'], ['me']],
    onDone: () => toast.success(t('shop.saved')),
    onRefused: error => {
      if (error.code !== 'shop.name_taken') return false
      setProblem(error.message)
      return true
    },
  })
  const submit = () => {
    const wrong = nameProblem(name)
    if (wrong) setProblem(t(`shop.problem.${wrong}`))
    else save.run(undefined)
  }
  return (
    <form
      className="k-card k-stack shop-form"
      onSubmit={event => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="shop-logo">
        <PicturesField label={t('shop.logo')} hint={t('shop.logoHint')} pictures={logo} />
      </div>
      <TextField
        label={t('shop.name')}
        value={name}
        maxLength={nameMax}
        error={problem}
        onChange={event => {
          setName(event.target.value)
          setProblem(undefined)
        }}
      />
      <TextareaField
        label={t('shop.intro')}
        optional
        rows={4}
        maxLength={introMax}
        value={intro}
        onChange={event => setIntro(event.target.value)}
      />
      <Button
        type="submit"
        tone="primary"
        busy={save.busy}
        disabled={logo.isBusy || Object.keys(change).length === 0}
      >
        {t('shop.save')}
      </Button>
    </form>
  )
}
