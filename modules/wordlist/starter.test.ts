import { testDatabase } from '@kaibo/testkit/database'
import { createPeople } from '@kaibo/testkit/people'
import { keyOf } from '@kaibo/wordguard/skeleton'
import { afterAll, expect, test } from 'vitest'
import { createWordList } from './index.ts'

const { database } = await testDatabase()
const { account } = createPeople(database)
const wordlist = createWordList({ database, account })
await wordlist.start()
afterAll(() => wordlist.stop())

const verdictOf = (text: string) => wordlist.check({ text, scene: 'chat', shopId: null }).verdict

/** What people write in a live room, by our own pen: sizes, colours, parcels, jokes, thanks, doubts. */
const ordinaryLines = `
主播好|来了来了|第一次来直播间|晚上好呀|今天有什么福利|声音有点小|画面卡了一下|主播今天真好看|这件裙子多少钱|女生一米六穿多大
一百二十斤穿什么码|我一米七五 140斤穿L还是XL|身高165体重52公斤选哪个|有没有大码|S码还有吗|M码断货了吗|偏大还是偏小|袖子会不会太长|胸围92能穿吗|腰围二尺三
河南的几天到|新疆发货吗|内蒙包邮吗|西藏可以发吗|今天拍什么时候发货|用什么快递|能发顺丰吗|能不能送到村里|周日到得了吗|到货了给我发短信吗
一个都没抢到|没有了吗|还有库存吗|什么时候补货|刚才那个链接呢|链接上了吗|几号链接|三号链接再讲一下|可以讲解一下五号吗|上一个产品再看看
能便宜点吗|还能优惠吗|有优惠券吗|满减怎么算|领了券没用上|两件多少钱|买二送一吗|拍一发几|送不送小样|赠品是什么
可以微信支付吗|支持支付宝吗|花呗能分期吗|能开发票吗|货到付款行不行|怎么付不了款|付款失败了|退款几天到账|已经付了|定金可以退吗
七天无理由吗|不合适能退吗|退货运费谁出|有运费险吗|换货怎么操作|坏了包赔吗|漏发了一件|少了一双袜子|收到破损了怎么办|客服在哪里
这个是什么材质|纯棉的吗|会不会起球|掉色吗|可以机洗吗|会缩水吗|透不透|夏天穿热不热|冬天穿冷不冷|有弹力吗
孕妇能用吗|宝宝三个月能用吗|敏感肌可以用吗|油皮适合吗|多大年龄用|保质期多久|生产日期是哪天|有检验报告吗|是正品吗|假一赔十吗
会不会是假货啊|上次买到次品了|质量怎么样|真的假的|和图片一样吗|色差大不大|有实物图吗|主播试穿一下|转一圈看看|近一点看
镜头拉近点|看看背面|看看里面|看看面料|灯光太亮了|背景音乐是什么歌|主播叫什么名字|主播哪里人|主播多高|主播身上是几码
已拍|已下单|拍了拍了|买它|冲冲冲|666|哈哈哈哈|笑死我了|太可爱了|好看好看
1|11|111|扣1|扣666|想要|要要要|我也要|给我留一个|等等我
种草了|回购第三次了|上次买的很好|已经收到了 很满意|面料很舒服|比专柜便宜|朋友推荐来的|从小红书来的|关注了|点赞了
谢谢主播|辛苦了|早点休息|喝口水吧|别累着|下次什么时候播|明天几点开播|每天都播吗|回放在哪看|错过了怎么办
茶叶怎么保存|是明前茶吗|能冷泡吗|一斤多少泡|有没有苦味|适合送长辈吗|可以送礼吗|带礼盒吗|包装会不会压坏|瓷器会碎吗
充电宝能带上飞机吗|跑分多少|内存多大|支持快充吗|是type-c的吗|蓝牙5.3吗|能连两个手机吗|续航几小时|屏幕多大|重量多少克
手机壳 iPhone15 有吗|华为mate60能用吗|给我妈妈的生日礼物|送男朋友合适吗|情侣款有吗|亲子装有吗|女儿很喜欢|儿子上小学穿几码|狗狗能吃吗|猫砂结团吗
收件人写错了怎么改|地址填错了|能改地址吗|电话写错了一位|尾号8866的订单到哪了|订单号202611220015|单号查不到|物流三天没动了|派送中了|已签收但没收到
价格19.9还是29.9|39.9 49.9 59.9 三个规格|100ml和200ml差多少|买3发5|36 37 38 39码都有吗|尺码 S M L XL|裤长98|鞋码偏小半码|25.5的脚穿几码|戒指12号圈
片子拍得真好|男人味|见人就夸|坚韧好用|家伙什儿真齐全|加货加货|这也太傻了吧哈哈|我是傻子没点进去|手慢无|真滴香
体操服有吗|操场上能穿吗|预约明天的|公鸡碗好看|日子过得真快|干果礼盒|草莓新鲜吗|大虾多少一斤|鸡毛掸子|狗粮送吗
没抢到气死我了|手机卡死了|饿死了 看吃的|贵死了|困死了还在看|冻死了要买羽绒服|主播太坏了哈哈|你们太套路了吧|骗人的吧|别忽悠我
我在成都|坐标沈阳|广东这边还很热|北京下雪了|上海的举手|台湾能寄吗|香港怎麼買|這個顏色好看嗎|幾天可以到|還有貨嗎
女表有吗 要小表盘的|女马甲有没有红色|男女都能穿吗|彳亍 我买|弓箭玩具有吗|言之有理|走，超市见|十二点开抢|两点前下单今天发|三点半准时
hello everyone|hi from Canada|good evening|first time here|love the music|how much is this|how much for two|what's the price of number 3|is it still available|sold out already?
what size for 165cm and 52kg|does it run small|I usually wear a medium|do you have plus sizes|is XS gone|will it shrink|is it real leather|what's it made of|100% cotton?|can I machine wash it
how long is shipping to Ontario|do you ship to the US|free shipping over 50?|when will you ship|which courier do you use|can it arrive by Friday|my parcel is stuck|tracking has not moved in 3 days|I got the wrong colour|one piece was missing
can I return it|how do refunds work|who pays for returns|is there a warranty|the coupon did not work|any discount codes|buy two get one?|is there a bundle|can I combine coupons|what comes in the box
show the back please|closer please|can you try it on|turn around|the light is too bright|the sound is low|it froze for me|video is lagging|now it works|thanks for showing
is this a scam or legit|are these authentic|looks fake to me|the photo looks different|reviews are good|bought it last week, love it|my mum loves it|great gift|perfect for summer|so cute
classic cut, nice fit|pass the blue one|assorted colours?|I assume it's the same size|glass or plastic|grass green please|Essex delivery?|Scunthorpe here|nude shade is lovely|cockpit watch looks great
add to cart does not work|how do I pay|card was declined|can I pay with Apple Pay|paid, thank you|order placed|just ordered two|take my money|add one more please|put me down for a medium
iPhone 15 Pro Max case?|does it support USB-C|battery life?|5.3 Bluetooth?|10000 mAh is enough|weighs 250 g?|3.5 mm jack?|how many inches|12 inch or 14 inch|size 8.5 please
haha|lol|omg|wow|yes please|me too|same here|take care|see you tomorrow|what time tomorrow
what's this song called|where are you from|who is hosting today|is there a replay|link number five please|number 7 again|which one is better|red or black|the second one|I'll wait for the restock
Is the tea organic?|how many grams|best before date?|vegan?|does it contain nuts|safe for babies?|for sensitive skin?|how do I store it|does it need a fridge|how strong is the smell
`
const lines = ordinaryLines.trim().split(/[\n|]/)

test('ordinary lines of a live room pass, every one of them', () => {
  expect(lines.length).toBeGreaterThan(300)
  expect(lines.filter(line => verdictOf(line) !== 'pass')).toEqual([])
})

test.each([
  ['你就是个傻😀逼', 'block'],
  ['刷 单 返 利 日入三百', 'block'],
  ['網絡賭博', 'block'],
  ['Kill Yourself', 'block'],
  ['他妈的', 'mask'],
  ['what the f.u.c.k', 'mask'],
  ['加 V 信 聊', 'review'],
  ['jia wei xin', 'review'],
  ['加彳散信', 'review'],
  ['add me on Telegram', 'review'],
  ['刷单fanli', 'review'],
  ['wang luo du bo', 'review'],
])('%s: %s', (text, verdict) => {
  expect(verdictOf(text)).toBe(verdict)
})

test('a fresh installation has the list, each word under the key that is looked for', async () => {
  const rows = await database.query<{ word: string; key: string }>(
    '',
    'select word, key from wordlist_word where shop_id is null',
    [],
  )
  expect(rows.length).toBeGreaterThan(100)
  expect(rows.filter(({ word, key }) => keyOf(word) !== key)).toEqual([])
})
