-- A first list of the platform, of our own writing: insults, sex trade, fraud, contact bait. Operators
-- change it like any other words. Nothing that ordinary talk of a shop contains: what is ambiguous is
-- left out (跑分, 无码, 妈的), and what could be meant well is for review.
insert into wordlist_word (id, key, word, tier, scenes, note)
select gen_random_uuid(), replace(word, ' ', ''), word, tier, scenes, 'Starter 初始 · ' || note
from (values
  ('block', '{}'::text[], 'insults 辱骂',
   '傻逼,傻屄,傻比,沙比,煞笔,操你妈,肏你妈,你妈逼,你妈死了,死全家,全家死光,狗日的,婊子,贱人,贱货,骚货,荡妇,死基佬,nmsl,cnm,motherfucker,asshole,cunt,dickhead,whore,slut,nigger,nigga,faggot,kill yourself,kys'),
  ('review', '{}', 'insults 辱骂',
   '草你妈,干你娘,去死吧,狗东西,杂种,go die,retard,tranny,chink,rape'),
  ('mask', '{}', 'coarse words 粗话',
   '他妈的,王八蛋,草泥马,脑残,智障,白痴,畜生,娘炮,fuck,fucking,fucker,shit,bullshit,bitch,bastard,moron,wanker,twat'),
  ('block', '{}', 'sex trade 色情交易',
   '约炮,裸聊,卖淫,援交妹,援交服务,一夜情,成人视频,send nudes,escort service,sex chat'),
  ('review', '{}', 'sex trade 色情交易',
   '嫖娼,色情,特殊服务,porn,onlyfans,sugar daddy'),
  ('block', '{}', 'drugs 毒品',
   '冰毒,海洛因,摇头丸,迷奸药,听话水'),
  ('block', '{}', 'fraud 诈骗',
   '刷单返利,刷单兼职,兼职刷单,网络赌博,赌博网站,博彩网站,百家乐,花呗套现,信用卡套现,裸贷,校园贷,办假证,代开发票,double your money,free bitcoin,crypto giveaway'),
  ('review', '{}', 'fraud 诈骗',
   '六合彩,稳赚不赔,高额返利,套现,洗钱,荐股,内幕消息,带你赚钱,日结兼职,扫码领红包,点击领取红包,免费领手机,guaranteed profit,western union,gift card code,cash app me,work from home and earn'),
  ('review', '{chat,nick,title,review,caption}', 'contact bait 引流',
   '加微信,加我微信,加个微信,加微聊,加薇信,加威信,加v信,加我好友,加qq,加扣扣,微信号,微信转账,私下交易,线下交易,绕过平台,进群领,加群领,add me on,text me on,whatsapp me,telegram me,my wechat,add my wechat,link in my bio,click my link,pay me directly,pay outside the app'),
  ('block', '{title,product}', 'counterfeits, false cures 假货与虚假疗效',
   '高仿,超a货,复刻表,包治百病,根治癌症,replica watch,cures cancer')
) as starter (tier, scenes, note, words), unnest(string_to_array(words, ',')) as word;

insert into wordlist_list (shop_id, version) values (null, nextval('wordlist_version'));
