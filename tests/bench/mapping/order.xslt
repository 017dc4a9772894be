<?xml version="1.0" encoding="UTF-8"?>
<!-- The catalog's mapping of an order to the shop, of an order written as XML. Its times are of winter alone: the order's
     are in the shop's own offset. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:handelshaus:shop:v3"
    xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">
  <xsl:output method="xml" encoding="ISO-8859-15"/>

  <xsl:template name="location"><xsl:param name="of"/><xsl:value-of select="substring-after($of, 'ST-')"/></xsl:template>
  <xsl:template match="/order">
    <soap:Envelope><soap:Body><auftragAnlegen><ord extId="{orderId}">
      <mandant>100</mandant>
      <ordDat><xsl:value-of select="concat(substring(placedAt, 9, 2), '.', substring(placedAt, 6, 2), '.',
                                           substring(placedAt, 1, 4), ' ', substring(placedAt, 12, 8))"/></ordDat>
      <vkweg><xsl:choose>
        <xsl:when test="channel = 'web'">01</xsl:when>
        <xsl:when test="channel = 'store'">02</xsl:when>
        <xsl:when test="channel = 'app'">03</xsl:when>
        <xsl:when test="channel = 'marketplace'">04</xsl:when>
        <xsl:otherwise><xsl:message terminate="yes">unknown channel</xsl:message></xsl:otherwise>
      </xsl:choose></vkweg>
      <kunde>
        <kdnr><xsl:value-of select="customer/customerId"/></kdnr>
        <name><xsl:value-of select="concat(customer/lastName, ', ', customer/firstName)"/></name>
        <mail><xsl:value-of select="translate(customer/email, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"/></mail>
      </kunde>
      <xsl:if test="delivery/method = 'home'"><lief>
        <name><xsl:value-of select="delivery/address/name"/></name>
        <str><xsl:value-of select="delivery/address/street"/></str>
        <plz><xsl:value-of select="delivery/address/postalCode"/></plz>
        <ort><xsl:value-of select="delivery/address/city"/></ort>
        <land><xsl:value-of select="delivery/address/countryCode"/></land>
      </lief></xsl:if>
      <xsl:if test="delivery/method = 'pickup'">
        <filiale><xsl:call-template name="location"><xsl:with-param name="of" select="delivery/locationId"/></xsl:call-template></filiale>
      </xsl:if>
      <xsl:for-each select="lines"><pos nr="{format-number(lineId, '000')}">
        <artnr><xsl:value-of select="sku"/></artnr>
        <lag><xsl:call-template name="location"><xsl:with-param name="of" select="locationId"/></xsl:call-template></lag>
        <menge><xsl:value-of select="format-number(quantity, '0.0000')"/></menge>
        <preis><xsl:value-of select="format-number(unitPrice/centAmount div 100, '0.00')"/></preis>
        <xsl:if test="giftWrap"><geschenk><xsl:choose>
          <xsl:when test="giftWrap = 'true'">J</xsl:when><xsl:otherwise>N</xsl:otherwise>
        </xsl:choose></geschenk></xsl:if>
      </pos></xsl:for-each>
      <summe><xsl:value-of select="format-number(total/centAmount div 100, '0.00')"/></summe>
      <waehr><xsl:value-of select="total/currencyCode"/></waehr>
    </ord></auftragAnlegen></soap:Body></soap:Envelope>
  </xsl:template>
</xsl:stylesheet>
