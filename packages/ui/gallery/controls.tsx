import { useState } from 'react'
import { Choices } from '../src/choice/choices.tsx'
import { Switch } from '../src/choice/switch.tsx'
import { Button, IconButton } from '../src/control/button.tsx'
import { CodeField } from '../src/control/code-field.tsx'
import { SelectField, TextareaField, TextField } from '../src/control/field.tsx'
import { PhoneField } from '../src/control/phone-field.tsx'
import { Stepper } from '../src/control/stepper.tsx'
import { Tabs } from '../src/control/tabs.tsx'
import { useT } from '../src/i18n.ts'
import { Group } from './toolbar.tsx'

type OrderTab = 'unpaid' | 'paid' | 'shipped' | 'done'

export function Controls() {
  const t = useT()
  const [count, setCount] = useState(1)
  const [tab, setTab] = useState<OrderTab>('unpaid')
  return (
    <Group title={t('group.controls')}>
      <div className="g-wrap">
        <Button tone="primary" icon="bag">
          {t('action.buy')}
        </Button>
        <Button>{t('action.later')}</Button>
        <Button tone="danger">{t('action.endLive')}</Button>
        <Button tone="plain">{t('action.all')}</Button>
      </div>
      <div className="g-wrap">
        <Button tone="primary" size="s">
          {t('action.follow')}
        </Button>
        <Button size="s" icon="copy">
          {t('action.copy')}
        </Button>
        <Button tone="primary" busy>
          {t('action.paying')}
        </Button>
        <Button tone="primary" disabled>
          {t('action.soldOut')}
        </Button>
      </div>
      <Button tone="primary" size="l" wide>
        {t('action.checkout')}
      </Button>
      <div className="g-wrap">
        <IconButton icon="search" label={t('action.search')} />
        <IconButton icon="share" label={t('action.share')} />
        <IconButton icon="bag" label={t('action.bag')} badge={12} />
        <IconButton icon="chat" tone="primary" label={t('action.chat')} />
        <Stepper label={t('field.quantity')} value={count} onChange={setCount} max={5} />
      </div>
      <Tabs<OrderTab>
        label={t('group.orders')}
        value={tab}
        onChange={setTab}
        tabs={[
          { id: 'unpaid', label: t('order.unpaid'), count: 2 },
          { id: 'paid', label: t('order.paid') },
          { id: 'shipped', label: t('order.shipped'), count: 11 },
          { id: 'done', label: t('order.done') },
        ]}
      >
        <p className="k-muted">{t(`order.${tab}`)}</p>
      </Tabs>
    </Group>
  )
}

export function Forms() {
  const t = useT()
  const [phone, setPhone] = useState('13800138000')
  const [code, setCode] = useState('')
  const [complete, setComplete] = useState('')
  return (
    <Group title={t('group.forms')}>
      <PhoneField value={phone} onChange={setPhone} />
      <CodeField value={code} onChange={setCode} onComplete={setComplete} />
      <output className="k-sr" data-testid="code">
        {complete}
      </output>
      <TextField label={t('field.name')} placeholder={t('field.namePlaceholder')} />
      <TextField
        label={t('field.price')}
        before={<span className="k-phone-code">¥</span>}
        defaultValue="12.345"
        error={t('field.priceError')}
      />
      <SelectField
        label={t('field.category')}
        hint={t('field.categoryHint')}
        options={[
          { value: 'tea', label: t('category.tea') },
          { value: 'home', label: t('category.home') },
        ]}
      />
      <TextareaField label={t('field.note')} optional />
      <TextField label={t('field.key')} value="kb_live_••••" disabled readOnly />
    </Group>
  )
}

export function Choosing() {
  const t = useT()
  const [weight, setWeight] = useState<'s' | 'm' | 'l' | null>('m')
  const [isOn, setIsOn] = useState(true)
  return (
    <Group title={t('group.choices')}>
      <Choices
        label={t('field.weight')}
        value={weight}
        onChange={setWeight}
        options={[
          { value: 's', label: '100 g' },
          { value: 'm', label: '250 g' },
          { value: 'l', label: '500 g', disabled: true },
        ]}
      />
      <Switch
        label={t('field.default')}
        hint={t('field.defaultHint')}
        checked={isOn}
        onChange={setIsOn}
      />
      <Switch label={t('field.record')} checked={false} onChange={() => undefined} disabled />
    </Group>
  )
}
