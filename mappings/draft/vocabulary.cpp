// The vocabulary of a retailer's systems: German and cut short, told in the words of the contracts.
#include <algorithm>
#include <map>
#include <sstream>

#include "mappings/draft/names.hpp"

namespace headgate::mappings {

namespace {

// word[,word...] = what it stands for
constexpr const char* entries[] = {
    "art,artikel,article,item,prod,produkt,product,mat,material = article",
    "sku,artnr,artikelnr,artikelnummer,itemno,matnr = article number",
    "nr,num,no,nummer,number,id,key,schluessel,ident,ref = number",
    "pos,position,line,zeile,poszeile = line",
    "auftr,auftrag,ord,order,bestellung,bestell = order",
    "kd,kunde,kunden,customer,cust,client,debitor = customer",
    "kdnr,kundennr = customer number",
    "mandant,mand,tenant = tenant",
    "lief,lieferung,delivery,versand,shipping,ship,shipment,sendung = delivery",
    "liefer,lieferant,kred,kreditor,supplier,vendor = supplier",
    "me,einheit,meinheit,unit,uom = unit",
    "menge,mng,qty,quantity,anz,anzahl,stk,stueck,pieces = quantity",
    "bestand,best,bst,lagbst,onhand,stock = stock",
    "res,reserviert,reserved,reservation = reserved",
    "sich,sicherheit,safety,mindest = safety",
    "sicherheitsbestand,mindestbestand,safetystock = safety stock",
    "verf,verfuegbar,available,avail,frei = available",
    "lag,lager,lagerort,location,loc,standort,filiale,fil,store,warehouse,markt = location",
    "preis,prs,price = price",
    "ek = purchase price",
    "vk,verkauf,sales = sales",
    "liste,list = list",
    "akt,aktuell,current,effective,effektiv = effective",
    "aktion,promo,promotion,rabatt,discount,nachlass = promotion",
    "betrag,betr,amount,amt,wert,value,cent = amount",
    "gesamt,total,ges = total",
    "summe,sum,gesamtbetrag,endbetrag = total amount",
    "netto,net = net",
    "brutto,gross = gross",
    "mwst,ust,steuer,tax,vat = tax",
    "waehr,waehrung,whg,currency,curr,wkz = currency",
    "dat,datum,date,tag,day,zeit,time,uhrzeit,zeitpunkt,timestamp,ts,at = time",
    "stand,asof,upd,updated,aenderung,geaendert = updated",
    "angelegt,anlage,created,erstellt = created",
    "von,from,ab,since,seit = from",
    "bis,to,until,till = until",
    "guelt,gueltig,valid = valid",
    "we,wareneingang,receipt,zugang = receipt",
    "next,naechst,naechste,naechster = next",
    "stat,status,state,zustand,kz,kennz,kennzeichen = status",
    "erg,ergebnis,result,outcome,res1 = outcome",
    "grund,reason = reason",
    "bez,bezeichnung,beschreibung,description,desc,text,txt,bemerkung,bem,comment,note = text",
    "name,namen = name",
    "vorname,firstname,givenname = first name",
    "nachname,lastname,surname,familienname = last name",
    "first,vor = first",
    "last,nach = last",
    "str,strasse,street,address1,addressline = street",
    "plz,postleitzahl,zip,zipcode,postcode,postal,postalcode = zip",
    "ort,stadt,city,town = city",
    "land,country,ctry = country",
    "adr,adresse,anschrift,address = address",
    "mail,email,emailaddress = email",
    "tel,telefon,phone,fon = phone",
    "kanal,channel,weg,vkweg,vertriebsweg = channel",
    "art1,typ,type = type",
    "code,cd = code",
    "geschenk,gift,giftwrap = gift",
    "fehl,fehlend,missing,unbekannt,unknown,unknownskus = missing",
    "fehler,fehl1,error,fault = error",
    "anfrage,request,req,query,in = request",
    "antwort,answer,response,resp,out = answer",
    "gew,gewicht,weight = weight",
    "ean,gtin,barcode = gtin",
    "gln,iln = gln",
    "rechn,rechnung,re,invoice = invoice",
    "zahl,zahlung,payment,pay = payment",
    "retoure,ret,return,returns = return",
    "ext,extern,external = external",
    "int,intern,internal = internal",
    "placed,bestellt,eingegangen = order",
    "accepted,angenommen = accepted",
    "rejected,abgelehnt = rejected",
    "held,gesperrt,blocked = blocked",
    "method,methode,verfahren = method",
    "version,vers = version",
    "sprache,lang,language = language",
    "gruppe,grp,group = group",
    "klasse,class = class",
    "farbe,color,colour = color",
    "groesse,size = size",
    "depositor,buyer = customer",
    "assigned = line",
    "identification,qualifier,identifier = number",
};

using Vocabulary = std::map<std::string, std::vector<std::string>, std::less<>>;

Vocabulary read_vocabulary() {
    Vocabulary out;
    for (const char* entry : entries) {
        std::string text(entry), word;
        auto equals = text.find(" = ");
        std::istringstream means(text.substr(equals + 3)), words(text.substr(0, equals));
        std::vector<std::string> meaning;
        while (means >> word) meaning.push_back(word);
        while (std::getline(words, word, ',')) out.emplace(word, meaning);
    }
    return out;
}

}  // namespace

const std::vector<std::string>& meaning_of(std::string_view word) {
    static const Vocabulary vocabulary = read_vocabulary();
    static const std::vector<std::string> none;
    auto found = vocabulary.find(word);
    if (found == vocabulary.end() && word.size() > 3 && word.ends_with('s'))  // skus
        found = vocabulary.find(word.substr(0, word.size() - 1));
    return found == vocabulary.end() ? none : found->second;
}

bool says_little(std::string_view word) {
    for (std::string_view one : {"number", "code", "amount", "text", "name", "time", "type", "unit", "line"})
        if (word == one) return true;
    return false;
}

}  // namespace headgate::mappings
