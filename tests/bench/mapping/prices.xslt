<?xml version="1.0" encoding="UTF-8"?>
<!-- The catalog's mapping of the shop's prices. Its times are of winter alone: an hour before the shop's, on the same day. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:handelshaus:shop:v3"
    xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:template name="text"><xsl:param name="of"/>
    <xsl:text>"</xsl:text>
    <xsl:choose>
      <xsl:when test="contains($of, '&quot;') or contains($of, '\')">
        <xsl:call-template name="escaped"><xsl:with-param name="of" select="$of"/></xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$of"/></xsl:otherwise>
    </xsl:choose>
    <xsl:text>"</xsl:text>
  </xsl:template>
  <xsl:template name="escaped"><xsl:param name="of"/>
    <xsl:if test="$of != ''">
      <xsl:variable name="c" select="substring($of, 1, 1)"/>
      <xsl:if test="$c = '&quot;' or $c = '\'">\</xsl:if>
      <xsl:value-of select="$c"/>
      <xsl:call-template name="escaped"><xsl:with-param name="of" select="substring($of, 2)"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="money"><xsl:param name="amount"/>
    <xsl:text>{"centAmount":</xsl:text>
    <xsl:value-of select="number(translate($amount, '.', ''))"/>
    <xsl:text>,"currencyCode":</xsl:text>
    <xsl:call-template name="text"><xsl:with-param name="of" select="s:waehr"/></xsl:call-template>
    <xsl:text>}</xsl:text>
  </xsl:template>

  <xsl:template name="utc"><xsl:param name="of"/>
    <xsl:text>"</xsl:text>
    <xsl:value-of select="concat(substring($of, 7, 4), '-', substring($of, 4, 2), '-', substring($of, 1, 2), 'T',
                                 format-number(number(substring($of, 12, 2)) - 1, '00'), substring($of, 14), 'Z')"/>
    <xsl:text>"</xsl:text>
  </xsl:template>

  <xsl:template match="/"><xsl:apply-templates select="soap:Envelope/soap:Body/s:preisAntwort"/></xsl:template>
  <xsl:template match="s:preisAntwort">
    <xsl:text>{"pricedAt":</xsl:text>
    <xsl:call-template name="utc"><xsl:with-param name="of" select="s:stand"/></xsl:call-template>
    <xsl:text>,"prices":[</xsl:text>
    <xsl:apply-templates select="s:pos"/>
    <xsl:text>],"unknownSkus":[</xsl:text>
    <xsl:for-each select="s:fehlend">
      <xsl:if test="position() &gt; 1">,</xsl:if>
      <xsl:call-template name="text"><xsl:with-param name="of" select="."/></xsl:call-template>
    </xsl:for-each>
    <xsl:text>]}</xsl:text>
  </xsl:template>
  <xsl:template match="s:pos">
    <xsl:if test="position() &gt; 1">,</xsl:if>
    <xsl:text>{"sku":</xsl:text>
    <xsl:call-template name="text"><xsl:with-param name="of" select="s:artnr"/></xsl:call-template>
    <xsl:text>,"listPrice":</xsl:text>
    <xsl:call-template name="money"><xsl:with-param name="amount" select="s:listPreis"/></xsl:call-template>
    <xsl:text>,"effectivePrice":</xsl:text>
    <xsl:call-template name="money"><xsl:with-param name="amount" select="s:aktPreis"/></xsl:call-template>
    <xsl:if test="s:aktion">
      <xsl:text>,"promotion":{"promotionId":</xsl:text>
      <xsl:call-template name="text"><xsl:with-param name="of" select="s:aktion/@nr"/></xsl:call-template>
      <xsl:text>,"name":</xsl:text>
      <xsl:call-template name="text"><xsl:with-param name="of" select="s:aktion/s:bez"/></xsl:call-template>
      <xsl:text>}</xsl:text>
    </xsl:if>
    <xsl:text>,"validFrom":</xsl:text>
    <xsl:call-template name="utc"><xsl:with-param name="of" select="s:gueltVon"/></xsl:call-template>
    <xsl:if test="s:gueltBis != ''">
      <xsl:text>,"validTo":</xsl:text>
      <xsl:call-template name="utc"><xsl:with-param name="of" select="s:gueltBis"/></xsl:call-template>
    </xsl:if>
    <xsl:text>}</xsl:text>
  </xsl:template>
</xsl:stylesheet>
