package codepage

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// corpus has sheets of the kinds that people export, in the encodings that programs use in their countries.
var corpus = []struct {
	encodings string
	text      string
}{
	{"windows-1250 iso-8859-2 ibm852", "Łukasz Żak;Spółka Źródło;zadzwonić w środę, pilne\nGrażyna Święcicka;Przędzalnia Łódź;wysłać ofertę do końca miesiąca\nMałgorzata Wójcik;Kościuszko;możliwość współpracy\nPaweł Gąsior;Ślusarstwo;spotkanie się odbędzie\n"},
	{"windows-1250 iso-8859-2 ibm852", "Jiří Dvořák;Škoda Plzeň;zavolat příští týden\nTomáš Růžička;Železárny;čeká na nabídku\nLenka Šťastná;Účetnictví Brno;děkujeme za schůzku\nOndřej Říha;Kovářství;zákazník chce slevu\n"},
	{"windows-1250 iso-8859-2", "Ľubomír Ťažký;Žilinské závody;zavolať v stredu\nŠtefan Kováč;Čistiareň Košice;poslať ponuku čo najskôr\nMária Šťastná;Pekáreň;ďakujeme za stretnutie\nVeľký Ján;Mäsiarstvo;chcel by zľavu\n"},
	{"windows-1250 iso-8859-2 ibm852", "Szőke Dezső;Győri Műhely;hívja vissza hétfőn\nŐry Erzsébet;Fűrészüzem;sürgős árajánlatot kér\nKőműves Zsolt;Erdőgazdaság;jövő hétre időpont\nFülöp Ágnes;Gyümölcsös;előleg megérkezett\n"},
	{"windows-1250 iso-8859-2", "Ştefan Ţepeş;Băcuturi SRL;să sun mâine dimineaţă\nBrânză Măcău;Făgăraş;aşteaptă oferta şi preţul\nIonuţ Stănescu;Piteşti;plăteşte în două tranşe\nCătălin Mureşan;Braşov;întâlnire la sfârşit de lună\n"},
	{"windows-1250 iso-8859-2", "Željko Šarić;Građevina Čakovec;nazvati sljedeći tjedan\nĐurđica Kovačević;Šibenik;pošalji ponudu što prije\nAnđela Župan;Varaždin;čeka račun\nMiloš Živković;Niš;više informacija\n"},
	{"windows-1254", "Işık Şahin;Doğan Holding;çarşamba günü ara\nGülşen Yılmaz;Şişecam;teklif gönderildi, bekliyor\nÇağrı Öztürk;İğneada;ısıtma sistemi için görüşme\nAyşe Kılıç;Eskişehir;müşteri indirim istiyor\n"},
	{"windows-1257", "Žydrūnas Šešelgis;Kauno įmonė;paskambinti kitą savaitę\nRūta Žukauskienė;Panevėžys;laukia pasiūlymo\nĄžuolas Čepėnas;Šiauliai;reikės sąskaitos\nEglė Jūratė;Klaipėda;derybų pabaiga\n"},
	{"windows-1257", "Jānis Bērziņš;Rīgas piens;piezvanīt nākamnedēļ\nAnna Kalniņa;Ventspils;gaida piedāvājumu\nPēteris Ozoliņš;Jūrmala;steidzami jāatbild\nŽanna Šķēle;Valmiera;grib atlaidi\n"},
	{"windows-1251 koi8-r iso-8859-5 ibm866 x-mac-cyrillic", "Иван Петров;ООО Ромашка;перезвонить в среду\nЯна Щербакова;Москва;ждёт предложение\nЮрий Цой;Завод;срочно нужен счёт\n"},
	{"windows-1251 koi8-u", "Олексій Їжакевич;Київ;зателефонувати наступного тижня\nЄвген Щербак;Львів;чекає на пропозицію\nНаталія Ґудзь;Чернівці;потрібен рахунок\n"},
	{"windows-1251 iso-8859-5", "Георги Димитров;Пловдив;да се обади в сряда\nЩерьо Кръстев;София;чака оферта\nБиляна Ангелова;Бургас;иска отстъпка\n"},
	{"windows-1253 iso-8859-7", "Γιώργος Παπαδόπουλος;Αθήνα;να τηλεφωνήσω την Τετάρτη\nΕλένη Νικολάου;Θεσσαλονίκη;περιμένει προσφορά\nΧρήστος Ιωάννου;Πάτρα;θέλει έκπτωση\n"},
	{"windows-1258", windowsVietnamese.Replace("Nguyễn Thị Hương;Công ty Đông Á;gọi lại vào thứ tư\nTrần Văn Dũng;Hà Nội;đang chờ báo giá của chúng tôi\nPhạm Đức Thắng;Đà Nẵng;khách hàng muốn được giảm giá\n")},
	{"windows-1255", "דוד כהן;תל אביב;להתקשר ביום רביעי\nשרה לוי;חיפה;מחכה להצעה\nיוסף מזרחי;ירושלים;רוצה הנחה\n"},
	{"windows-1256", "محمد علي;القاهرة;الاتصال يوم الأربعاء\nفاطمة حسن;الإسكندرية;تنتظر العرض\nأحمد يوسف;دبي;يريد خصما\n"},
	{"windows-874", "สมชาย ใจดี;กรุงเทพ;โทรกลับวันพุธ\nสมหญิง รักไทย;เชียงใหม่;รอใบเสนอราคา\nวิชัย สุขใจ;ภูเก็ต;ต้องการส่วนลด\n"},
	{"gbk gb18030", "王小明;北京科技有限公司;下周三打电话给客户\n李华;上海贸易公司;等待报价并安排会议\n张伟;广州电子有限公司;客户希望得到更多的折扣\n陈静;深圳市工业发展公司;我们已经收到他们的付款\n"},
	{"big5", "王小明;台北科技股份有限公司;下週三打電話給客戶\n陳美麗;高雄貿易公司;等待報價並安排會議\n林志明;台中電子有限公司;客戶希望得到更多的折扣\n張家豪;新竹工業發展公司;我們已經收到他們的付款\n"},
	{"shift_jis euc-jp", "田中太郎;株式会社カブト;来週の水曜日に電話する\n山田花子;東京商事;見積もりを待っています\n佐藤健;大阪電機;割引を希望しています\n"},
	{"euc-kr", "김민수;서울전자 주식회사;다음 주 수요일에 전화하기\n이영희;부산무역;견적서를 기다리고 있습니다\n박지훈;대구산업;할인을 원합니다\n"},
	{"windows-1252 iso-8859-1 macintosh ibm850", "João Conceição;Padaria São José;ligar amanhã às três\nAndré Gonçalves;Construções Água Boa;não há orçamento até março\nÂngela Magalhães;Açúcar União;está à espera da promoção\nLuís Brandão;Indústrias Cecília;a questão é o preço, três opções\n"},
	{"windows-1252 iso-8859-1 macintosh ibm850 ibm437", "José Muñoz;Compañía Española;llamar mañana\nMaría Ángeles Núñez;Almacén León;está esperando el presupuesto\nIñaki Ibáñez;Construcción Málaga;envío rápido, año próximo\nSofía Domínguez;Teléfonos México;dirección equivocada\n"},
	{"windows-1252 macintosh", "François Lefèvre;Société Générale;rappeler après Noël\nÉlodie Gérard;Hôtel Bergère;où est le reçu ?\nHélène Brûlé;Pâtisserie Crépuscule;devis déjà envoyé à l'évêché\nBenoît Château;Garçon et Frères;ça a été décidé\n"},
	{"windows-1252 iso-8859-15 ibm850", "Jürgen Müller;Bäckerei Größe;nächste Woche zurückrufen\nGünther Weiß;Straßenbau Köln;für März überprüfen\nKäthe Schröder;Öl & Gas;möchte Rabatt\nJörg Böhm;Möbel Düsseldorf;Gespräch gewünscht\n"},
	{"windows-1252", "Søren Jørgensen;Fiskehandel Ærø;ring på tirsdag\nÅse Bjørnsdóttir;Byggmästaren Östersund;återkommer i nästa vecka\nPäivi Hämäläinen;Työväenyhdistys;soittaa myöhemmin\nÞórður Guðmundsson;Reykjavík;hringja á föstudaginn\n"},
}

// windowsVietnamese converts letters to the form of Windows-1258, where most tone marks are separate.
var windowsVietnamese = strings.NewReplacer("ễ", "ê\u0303", "ị", "i\u0323", "ọ", "o\u0323", "ạ", "a\u0323", "ứ", "ư\u0301", "ầ", "â\u0300", "ũ", "u\u0303", "ộ", "ô\u0323",
	"ờ", "ơ\u0300", "ủ", "u\u0309", "ắ", "ă\u0301", "ẵ", "ă\u0303", "ố", "ô\u0301", "ợ", "ơ\u0323", "ả", "a\u0309")

func encode(t testing.TB, name, text string) string {
	t.Helper()
	found, err := findEncoding(name)
	if err != nil {
		t.Fatal(name, err)
	}
	raw, _, err := transform.String(encoding.ReplaceUnsupported(found.NewEncoder()), text)
	if err != nil {
		t.Fatal(name, err)
	}
	return raw
}

func decode(t testing.TB, name, raw string) string {
	t.Helper()
	found, err := findEncoding(name)
	if err != nil {
		t.Fatal(name, err)
	}
	text, err := found.NewDecoder().String(raw)
	if err != nil {
		t.Fatal(name, err)
	}
	return text
}

func findEncoding(name string) (encoding.Encoding, error) {
	if page, _ := Named(name); page != nil {
		return page, nil
	}
	if name == "iso-8859-1" {
		name = "windows-1252" // which has all of its characters
	}
	if name == "utf-8" {
		return unicode.UTF8, nil
	}
	return htmlindex.Get(name)
}

func guessOf(raw string) Guess {
	var s Sample
	s.Take([]byte(raw), 0)
	return s.Guess()
}

func TestWholeSheetsAreRecognised(t *testing.T) {
	for _, c := range corpus {
		for _, name := range strings.Fields(c.encodings) {
			raw := encode(t, name, c.text)
			if guess := guessOf(raw); !guess.Sure && !strings.HasPrefix(name, "ibm") || decode(t, guess.Name, raw) != decode(t, name, raw) {
				t.Errorf("%.20s in %s: guessed %+v", c.text, name, guess)
			}
		}
	}
}

// guessed counts the outcomes of texts.
type guessed struct{ read, refused, wrong int }

func (g *guessed) count(t *testing.T, name, text string) {
	raw := encode(t, name, text)
	guess := guessOf(raw)
	switch {
	case !guess.Sure:
		g.refused++
	case decode(t, guess.Name, raw) == decode(t, name, raw):
		g.read++
	default:
		g.wrong++
		t.Logf("%q in %s: taken for %s, %q", text, name, guess.Name, decode(t, guess.Name, raw))
	}
}

// TestPartsOfSheetsAreNotTakenForAnother cuts the sheets into rows, none of which may be taken for another encoding,
// and into single cells, which sometimes have only one letter as evidence: of these, few may be.
func TestPartsOfSheetsAreNotTakenForAnother(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long for a short run")
	}
	var rows, cells guessed
	for _, c := range corpus {
		for _, name := range strings.Fields(c.encodings) {
			for _, row := range strings.Split(c.text, "\n") {
				rows.count(t, name, row)
				for _, text := range strings.Split(row, ";") {
					cells.count(t, name, text)
				}
			}
		}
	}
	t.Logf("rows %+v, cells %+v", rows, cells)
	if all := cells.read + cells.refused + cells.wrong; rows.wrong > 0 || cells.wrong*100 > all || rows.read < rows.refused {
		t.Errorf("rows %+v, cells %+v", rows, cells)
	}
}

func TestWesternPartsAreReadWithoutAWord(t *testing.T) {
	for _, c := range corpus {
		if !strings.HasPrefix(c.encodings, "windows-1252") {
			continue
		}
		for _, part := range strings.FieldsFunc(c.text, func(r rune) bool { return r == ';' || r == '\n' }) {
			if guess := guessOf(encode(t, "windows-1252", part)); guess.Name != "windows-1252" || !guess.Sure {
				t.Errorf("%q: %+v", part, guess)
			}
		}
	}
}
