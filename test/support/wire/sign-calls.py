# Signs a call of each system with Python’s own hmac and hashlib, into signed-calls.json beside it: a second implementation,
# which shares nothing with the one that is tested. Run it here: python3 sign-calls.py
import hmac, hashlib, base64, json
T=1786988000  # 2026-08-17T17:33:20Z
TM=T*1000+123
def h(key,msg,alg='sha256'): return hmac.new(key,msg,getattr(hashlib,alg))
out=[]
def add(name,secret,headers,body,path=None):
    out.append(dict(name=name,secret=secret,headers=headers,body=body.decode(),path=path or '/hooks/'+name))
std='whsec_'+base64.b64encode(bytes(range(32))).decode()
body=json.dumps({"type":"item.published","timestamp":"2026-08-17T17:33:20Z","data":{"id":"p-17","title":"City sues over “grant” rules","url":"https://wqad.example/p/17","outlet":"WQAD","published":"2026-08-17T17:30:00Z","updated":"2026-08-17T17:31:00Z"}},ensure_ascii=False).encode()
sig=base64.b64encode(h(bytes(range(32)),b'msg_1.'+str(T).encode()+b'.'+body).digest()).decode()
add('standard',std,{'content-type':'application/json','webhook-id':'msg_1','webhook-timestamp':str(T),'webhook-signature':'v1,'+sig},body)
wp=json.dumps({"type":"item.updated","timestamp":"2026-08-17T17:33:20+00:00","data":{"id":"post-5","title":"Bridge closed","url":"https://paper.example/?p=5","published":"2026-08-17T12:00:00+00:00","updated":"2026-08-17T17:33:20+00:00"}}).encode()
sig=base64.b64encode(h(bytes(range(32)),b'wp_5_1.'+str(T).encode()+b'.'+wp).digest()).decode()
add('wordpress',std,{'content-type':'application/json','webhook-id':'wp_5_1','webhook-timestamp':str(T),'webhook-signature':'v1,'+sig},wp)
gh=json.dumps({"post":{"current":{"id":"64f0c0ffee64f0c0ffee64f0","title":"Council votes 4–3","url":"https://ghost.example/council/","status":"published","excerpt":"The council","published_at":"2026-08-17T17:00:00.000Z","updated_at":"2026-08-17T17:32:00.000Z"},"previous":{"status":"draft"}}},ensure_ascii=False).encode()
k='a ghost secret of letters'
add('ghost',k.replace(' ','-'),{'content-type':'application/json','x-ghost-signature':'sha256=%s, t=%d'%(h(k.replace(' ','-').encode(),gh+str(TM).encode()).hexdigest(),TM)},gh)
nin=json.dumps({"guid":"urn:newsml:sd.example:2026:1","version":"3","type":"text","pubstatus":"usable","headline":"Smith &amp; Sons <em>close</em>","body_html":"<p>After 40 years</p>","source":"AAP","firstpublished":"2026-08-17T16:00:00+0000","versioncreated":"2026-08-17T17:30:00+0000"}).encode()
add('superdesk','superdesk-secret-token',{'content-type':'application/json','x-superdesk-signature':'sha1='+h(b'superdesk-secret-token',nin,'sha1').hexdigest()},nin)
ws=json.dumps({"uuid":"0b1c","time":T,"type":"story","story":{"_id":"ARC1","headlines":{"basic":"Levy passes"},"website_url":"https://arc.example/levy","status":"published","publish_date":"2026-08-17T17:20:00Z"}}).encode()
add('websked','websked-secret-token',{'content-type':'application/json','x-websked-signature':h(b'websked-secret-token',ws).hexdigest()},ws)
cs='0123456789abcdef'*4
ct=json.dumps({"sys":{"type":"Entry","id":"5KsDBW","updatedAt":"2026-08-17T17:33:00.000Z","firstPublishedAt":"2026-08-17T17:33:00.000Z"},"fields":{"title":{"en-US":"School board meets"},"url":{"en-US":"https://cf.example/school"}}}).encode()
hd={'content-type':'application/vnd.contentful.management.v1+json','x-contentful-topic':'ContentManagement.Entry.publish','x-contentful-webhook-name':'nutgraf','x-contentful-timestamp':str(TM)}
names=sorted(list(hd)+['x-contentful-signed-headers'])
hd['x-contentful-signed-headers']=','.join(names)
canon='\n'.join(['POST','/hooks/contentful',';'.join(n+':'+hd[n] for n in names)]).encode()+b'\n'+ct
hd['x-contentful-signature']=h(cs.encode(),canon).hexdigest()
add('contentful',cs,hd,ct)
sa=json.dumps({"_id":"article-9","_updatedAt":"2026-08-17T17:33:10Z","operation":"update","title":"Flood watch ends","url":"https://sanity.example/flood","publishedAt":"2026-08-17T15:00:00Z"}).encode()
add('sanity','sanity-secret-token',{'content-type':'application/json','sanity-webhook-signature':'t=%d,v1=%s'%(TM,base64.urlsafe_b64encode(h(b'sanity-secret-token',str(TM).encode()+b'.'+sa).digest()).decode().rstrip('='))},sa)
gt=json.dumps({"action":"published","release":{"id":77,"name":"Court records 2.0","tag_name":"v2.0","draft":False,"html_url":"https://github.com/news/records/releases/tag/v2.0","body":"New","created_at":"2026-08-17T17:00:00Z","published_at":"2026-08-17T17:10:00Z"},"repository":{"full_name":"news/records"}}).encode()
add('github','github-secret-token',{'content-type':'application/json','x-github-event':'release','x-github-delivery':'72d3162e','x-hub-signature-256':'sha256='+h(b'github-secret-token',gt).hexdigest()},gt)
st=json.dumps({"event":"entry.publish","createdAt":"2026-08-17T17:33:20.000Z","model":"article","entry":{"id":4,"documentId":"doc4","title":"Zoning change proposed","updatedAt":"2026-08-17T17:33:19.000Z","publishedAt":"2026-08-17T17:33:19.000Z"}}).encode()
tok='strapi-address-nobody-guesses'
add('strapi',tok,{'content-type':'application/json'},st,'/hooks/strapi/'+tok)
cl=json.dumps({"webhook":{"event_type":1,"version":2},"payload":{"results":[{"id":401,"docket":64911367,"entry_number":12,"description":"ORDER granting motion to stay","date_created":"2026-08-17T10:30:00.277-07:00","date_modified":"2026-08-17T10:30:01.277-07:00","recap_documents":[{"absolute_url":"/docket/64911367/12/city-v-state/","description":"Order"}]},{"id":402,"docket":64911367,"entry_number":13,"description":"NOTICE of appeal","date_created":"2026-08-17T10:31:00-07:00","date_modified":"2026-08-17T10:31:00-07:00","recap_documents":[]}]}}).encode()
tok='courtlistener-address-nobody-guesses'
add('courtlistener',tok,{'content-type':'application/json','idempotency-key':'c7a6f0de-0000-4000-8000-000000000001'},cl,'/hooks/courtlistener/'+tok)
json.dump(dict(now=TM,calls=out),open('signed-calls.json','w'),ensure_ascii=False,indent=1)
